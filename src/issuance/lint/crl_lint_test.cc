#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <type_traits>

#include "asn1/der_writer.h"
#include "clock/time_text.h"
#include "crypto/digest.h"
#include "issuance/lint/crl_rules.h"
#include "issuance/lint/linted_crl.h"
#include "x509/algorithm.h"
#include "x509/crl_entry.h"
#include "x509/extension_writer.h"

namespace everseal::issuance::lint {
namespace {

using crypto::SignatureAlgorithm;
using x509::Extension;
using x509::to_extension;

static_assert(!std::is_copy_constructible_v<LintedCrl>);
static_assert(!std::is_default_constructible_v<LintedCrl>);
static_assert(!std::is_constructible_v<LintedCrl, SignatureAlgorithm, Bytes, std::uint64_t>);

const TimePoint noon = parse_iso8601("2025-03-01T12:00:00Z").value();

x509::Name name_of(std::string_view common_name) {
  return x509::NameBuilder().add(x509::oids::kCommonName, common_name).build().value();
}

Extension with_criticality(Extension extension, bool critical) {
  extension.critical = critical;
  return extension;
}

// A CRL about to be signed. Begins as one that breaks no rule; a test spoils it.
struct Draft {
  int version = 2;
  SignatureAlgorithm algorithm = SignatureAlgorithm::Sha384WithEcdsa;
  SignatureAlgorithm signing_algorithm = SignatureAlgorithm::Sha384WithEcdsa;
  x509::Name issuer = name_of("Example CA");
  x509::Name signer = name_of("Example CA");
  std::optional<TimePoint> next_update = noon + std::chrono::hours(1);
  Bytes run = {};
  Extension authority_key = to_extension(x509::AuthorityKeyIdentifier{.key_id = Bytes{1, 2, 3}});
  Extension number = to_extension(x509::CrlNumber::of(256));
  std::vector<Extension> more = {};

  Draft() { x509::append_crl_entry(run, Bytes{0x0a, 0x1b}, noon, x509::CrlReason::KeyCompromise); }

  std::vector<Extension> extensions() const {
    std::vector<Extension> all;
    for (const auto& each : {authority_key, number}) {
      if (!each.value.empty()) all.push_back(each);
    }
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  x509::CrlParts parts() const {
    asn1::DerWriter before;
    if (version == 2) before.integer(1);
    x509::write_algorithm(before, algorithm);
    before.raw(issuer.der());
    before.time(noon);
    if (next_update) before.time(*next_update);
    if (!run.empty()) before.header(asn1::Tag::Sequence, run.size());
    asn1::DerWriter behind;
    if (version == 2) {
      behind.constructed(asn1::context_constructed(0),
                         [&] { x509::write_extensions(behind, extensions()); });
    }
    asn1::DerWriter head;
    head.header(asn1::Tag::Sequence,
                before.written().size() + run.size() + behind.written().size());
    head.raw(before.written());
    return {std::move(head).take(), std::move(behind).take()};
  }

  Result<LintedCrl, std::vector<Finding>> lint() const {
    const auto tbs = parts();
    const Bytes key_id = {1, 2, 3};
    const IssuerFacts facts{
        .name = signer.der(), .key_id = key_id, .signature_algorithm = signing_algorithm};
    CrlInspection inspection(tbs, run.size(), facts);
    EXPECT_TRUE(inspection.add(run));
    return std::move(inspection).finish();
  }
  std::set<std::string_view> broken_rules() const {
    std::set<std::string_view> rules;
    const auto linted = lint();
    if (linted) return rules;
    for (const auto& finding : linted.error()) rules.insert(finding.rule);
    return rules;
  }
};

using Rules = std::set<std::string_view>;

TEST(CrlLint, proves_a_sound_crl_and_gives_the_digest_of_all_its_octets) {
  const Draft draft;
  const auto proof = draft.lint();
  ASSERT_TRUE(proof) << proof.error().front().what;
  const auto [head, tail] = draft.parts();
  Bytes tbs = head;
  tbs.insert(tbs.end(), draft.run.begin(), draft.run.end());
  tbs.insert(tbs.end(), tail.begin(), tail.end());
  EXPECT_TRUE(std::ranges::equal(proof->digest(), crypto::sha384(tbs)));
  EXPECT_EQ(proof->entries(), 1U);
  EXPECT_EQ(proof->signature_algorithm(), SignatureAlgorithm::Sha384WithEcdsa);
}

TEST(CrlLint, wants_version_2) {
  Draft draft;
  draft.version = 1;
  draft.run.clear();
  EXPECT_EQ(draft.broken_rules(), (Rules{"version_is_two", "authority_key_identifier_names_issuer",
                                         "number_is_positive"}));
}

TEST(CrlLint, wants_the_algorithm_and_the_name_of_who_signs) {
  Draft other;
  other.signing_algorithm = SignatureAlgorithm::Sha256WithEcdsa;
  EXPECT_EQ(other.broken_rules(), Rules{"signature_algorithm_is_the_signers"});
  Draft renamed;
  renamed.signer = name_of("EXAMPLE CA");
  EXPECT_EQ(renamed.broken_rules(), Rules{"issuer_name_is_the_signers"});
  Draft nameless;
  nameless.issuer = nameless.signer = x509::Name();
  EXPECT_EQ(nameless.broken_rules(), Rules{"issuer_name_is_the_signers"});
}

TEST(CrlLint, wants_a_next_update_after_this_one) {
  Draft without;
  without.next_update.reset();
  EXPECT_EQ(without.broken_rules(), Rules{"next_update_follows"});
  Draft at_once;
  at_once.next_update = noon;
  EXPECT_EQ(at_once.broken_rules(), Rules{"next_update_follows"});
}

TEST(CrlLint, wants_the_identifier_of_the_issuers_key) {
  const Rules broken = {"authority_key_identifier_names_issuer"};
  Draft absent;
  absent.authority_key.value.clear();
  EXPECT_EQ(absent.broken_rules(), broken);
  Draft empty;
  empty.authority_key = to_extension(x509::AuthorityKeyIdentifier{});
  EXPECT_EQ(empty.broken_rules(), broken);
  Draft another;
  another.authority_key = to_extension(x509::AuthorityKeyIdentifier{.key_id = Bytes{1, 2}});
  EXPECT_EQ(another.broken_rules(), broken);
  Draft critical;
  critical.authority_key.critical = true;
  EXPECT_EQ(critical.broken_rules(), broken);
}

TEST(CrlLint, wants_a_positive_number_of_at_most_20_octets) {
  const Rules broken = {"number_is_positive"};
  Draft absent;
  absent.number.value.clear();
  EXPECT_EQ(absent.broken_rules(), broken);
  Draft zero;
  zero.number = to_extension(x509::CrlNumber::of(0));
  EXPECT_EQ(zero.broken_rules(), broken);
  Draft critical;
  critical.number.critical = true;
  EXPECT_EQ(critical.broken_rules(), broken);
  Draft longest;
  longest.number = to_extension(x509::CrlNumber{Bytes(20, 0xff)});
  EXPECT_TRUE(longest.lint());
  Draft too_long;
  too_long.number = to_extension(x509::CrlNumber{Bytes(21, 0x01)});
  EXPECT_EQ(too_long.broken_rules(), Rules{"crl_is_readable"});
}

TEST(CrlLint, wants_a_delta_to_start_from_an_older_one_critically) {
  const auto indicator = [](std::uint64_t base) {
    return to_extension(x509::DeltaCrlIndicator{x509::CrlNumber::of(base)});
  };
  for (const std::uint64_t base : {0U, 1U, 255U}) {
    Draft good;
    good.more = {indicator(base)};
    EXPECT_TRUE(good.lint()) << base;
  }
  for (const std::uint64_t base : {256U, 257U, 65'536U}) {
    Draft newer;
    newer.more = {indicator(base)};
    EXPECT_EQ(newer.broken_rules(), Rules{"delta_starts_from_an_older_one"}) << base;
  }
  Draft not_critical;
  not_critical.more = {with_criticality(indicator(1), false)};
  EXPECT_EQ(not_critical.broken_rules(), Rules{"delta_starts_from_an_older_one"});
}

TEST(CrlLint, wants_a_distribution_point_to_be_a_critical_uri) {
  const Rules broken = {"distribution_point_is_a_critical_uri"};
  const auto point = [](std::string uri) {
    return to_extension(x509::IssuingDistributionPoint::at(std::move(uri)));
  };
  Draft good;
  good.more = {point("http://crl.example.com/1.crl")};
  EXPECT_TRUE(good.lint());
  Draft not_critical;
  not_critical.more = {with_criticality(point("http://crl.example.com/1.crl"), false)};
  EXPECT_EQ(not_critical.broken_rules(), broken);
  Draft relative;
  relative.more = {point("1.crl")};
  EXPECT_EQ(relative.broken_rules(), broken);
  Draft nowhere;
  nowhere.more = {to_extension(x509::IssuingDistributionPoint{.only_user_certificates = true})};
  EXPECT_EQ(nowhere.broken_rules(), broken);
}

TEST(CrlLint, lets_only_a_delta_remove_entries) {
  Draft draft;
  x509::append_crl_entry(draft.run, Bytes{0x0c}, noon, x509::CrlReason::RemoveFromCrl);
  EXPECT_EQ(draft.broken_rules(), Rules{"only_a_delta_removes"});
  draft.more = {to_extension(x509::DeltaCrlIndicator{x509::CrlNumber::of(1)})};
  EXPECT_TRUE(draft.lint());
}

TEST(CrlLint, has_no_rule_without_a_name_or_a_source_and_none_twice) {
  Rules names;
  for (const auto& rule : all_crl_rules()) {
    EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
    EXPECT_FALSE(rule.source.empty());
  }
}

TEST(CrlLint, does_not_prove_what_cannot_be_read) {
  Draft draft;
  const auto good = draft.parts();
  const IssuerFacts facts{
      .name = draft.signer.der(), .key_id = {}, .signature_algorithm = draft.signing_algorithm};
  const auto lint_octets = [&](const x509::CrlParts& tbs, std::size_t announced) {
    CrlInspection inspection(tbs, announced, facts);
    EXPECT_TRUE(inspection.add(draft.run));
    const auto linted = std::move(inspection).finish();
    return linted ? Rules{} : Rules{linted.error().front().rule};
  };
  EXPECT_EQ(lint_octets(good, draft.run.size() + 1), Rules{"crl_is_readable"});
  EXPECT_EQ(lint_octets({good.head, {}}, draft.run.size()), Rules{"crl_is_readable"});
  CrlInspection inspection(good, draft.run.size(), facts);
  EXPECT_FALSE(inspection.add(ByteView(draft.run).first(draft.run.size() - 1)));
}

}  // namespace
}  // namespace everseal::issuance::lint
