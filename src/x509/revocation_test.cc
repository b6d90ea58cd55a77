#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <vector>

#include "asn1/der_writer.h"
#include "x509/algorithm.h"
#include "x509/crl_entry.h"
#include "x509/revocation.h"
#include "x509/test_chain.h"
#include "x509/test_crl.h"

// What NIST's cases leave open (pkits_test.cc), and what our own CRLs look like.
namespace everseal::x509 {
namespace {

using testing::at;
using testing::ca_with;
using testing::Draft;
using testing::entry;
using testing::joined;
using testing::noon;
using testing::organization;
using testing::the_key;

constexpr std::string_view kUri = "http://crl.corp.example/crl/1.crl";

// A CRL with whatever extensions.
struct CrlDraft {
  std::string_view issuer = "ca";
  std::vector<Extension> extensions = {};
  Bytes run = {};
  TimePoint this_update = noon;
  std::optional<TimePoint> next_update = at("2025-03-08T12:00:00Z");
  const crypto::PrivateKey& key = the_key();

  Bytes der() const {
    const auto algorithm = crypto::SignatureAlgorithm::Sha256WithEcdsa;
    asn1::DerWriter tbs;
    tbs.sequence([&] { write(tbs, algorithm); });
    const Bytes inner = std::move(tbs).take();
    const auto signature = key.sign(algorithm, inner).value();
    const auto around = assemble_crl(inner.size(), algorithm, signature);
    return joined({around.head, inner, around.tail});
  }

 private:
  void write(asn1::DerWriter& out, crypto::SignatureAlgorithm algorithm) const {
    out.integer(1);
    write_algorithm(out, algorithm);
    out.raw(organization(issuer).der());
    out.time(this_update);
    if (next_update) out.time(*next_update);
    if (!run.empty()) out.element(asn1::Tag::Sequence, run);
    if (extensions.empty()) return;
    out.constructed(asn1::context_constructed(0), [&] { write_extensions(out, extensions); });
  }
};

// CRLs, and the octets that they are views of.
class Crls {
 public:
  Crls(std::initializer_list<CrlDraft> drafts) {
    for (const auto& draft : drafts) {
      octets_.push_back(std::make_unique<Bytes>(draft.der()));
      all_.push_back(Crl::parse(*octets_.back()).value());
    }
  }
  CrlEvidence now() const { return {.crls = all_, .at = noon}; }
  CrlEvidence at_any_time() const { return {.crls = all_}; }

 private:
  std::vector<std::unique_ptr<Bytes>> octets_;
  std::vector<Crl> all_;
};

const Draft kCa{"ca", "ca"};
const Draft kLeaf{"leaf", "ca", {}};

Extension only(const std::function<void(IssuingDistributionPoint&)>& narrow) {
  IssuingDistributionPoint point;
  narrow(point);
  return to_extension(point);
}

std::string outcome(const Revocation& revocation) {
  if (std::holds_alternative<NotRevoked>(revocation)) return "not revoked";
  if (std::holds_alternative<Revoked>(revocation)) return "revoked";
  return std::get<Undetermined>(revocation).cause;
}

std::string asked(const Draft& leaf, const Crls& crls) {
  return outcome(
      revocation_of(leaf.signed_certificate(), std::vector{kCa.signed_certificate()}, crls.now()));
}
std::string asked(const Crls& crls) { return asked(kLeaf, crls); }

TEST(Revocation, is_what_the_entry_says) {
  const auto revocation =
      revocation_of(kLeaf.signed_certificate(), std::vector{kCa.signed_certificate()},
                    Crls{{.run = joined({entry("02"), entry("01", CrlReason::Superseded)})}}.now());
  EXPECT_EQ(revocation, Revocation(Revoked{noon, CrlReason::Superseded}));
  EXPECT_EQ(asked({{.run = entry("02")}}), "not revoked");
  EXPECT_EQ(asked({{}}), "not revoked");
}

TEST(Revocation, is_undetermined_without_a_usable_crl) {
  EXPECT_EQ(asked({}), "no CRL speaks of it");
  EXPECT_EQ(asked({{.issuer = "other"}}), "no CRL speaks of it");
  const auto other = testing::new_key();
  EXPECT_EQ(asked({{.key = other}}), "no CRL speaks of it; a CRL that its issuer did not sign");
  EXPECT_EQ(asked({{.run = entry("01"), .key = other}, {}}), "not revoked");
}

TEST(Revocation, needs_crls_of_today_unless_no_moment_is_given) {
  const auto second = std::chrono::seconds(1);
  const std::string outdated = "no CRL speaks of it; a CRL that is not current";
  EXPECT_EQ(asked({{.this_update = noon + second}}), outdated);
  EXPECT_EQ(asked({{.this_update = noon - 2 * second, .next_update = noon - second}}), outdated);
  EXPECT_EQ(asked({{.this_update = noon - second, .next_update = noon}}), "not revoked");
  EXPECT_EQ(asked({{.next_update = std::nullopt}}), outdated);
  const Crls old = {{.this_update = noon - 2 * second, .next_update = noon - second}};
  EXPECT_EQ(outcome(revocation_of(kLeaf.signed_certificate(), std::vector{kCa.signed_certificate()},
                                  old.at_any_time())),
            "not revoked");
}

TEST(Revocation, is_told_by_the_partition_that_the_certificate_points_to) {
  const auto partition = [](std::string uri) {
    return to_extension(IssuingDistributionPoint::at(std::move(uri)));
  };
  const Draft pointing{"leaf", "ca", {to_extension(CrlDistributionPoints::at(std::string(kUri)))}};
  const std::string other = std::string(kUri) + "2";
  EXPECT_EQ(asked(pointing, {{.extensions = {partition(std::string(kUri))}}}), "not revoked");
  EXPECT_EQ(asked(pointing, {{.extensions = {partition(std::string(kUri))}, .run = entry("01")}}),
            "revoked");
  EXPECT_EQ(asked(pointing, {{.extensions = {partition(other)}}}),
            "no CRL speaks of it; a CRL of other certificates");
  EXPECT_EQ(asked(pointing, {{}}), "not revoked");
  EXPECT_EQ(asked(kLeaf, {{.extensions = {partition(std::string(kUri))}}}),
            "no CRL speaks of it; a CRL of other certificates");
}

TEST(Revocation, of_a_certificate_without_points_is_told_at_the_point_of_its_issuers_name) {
  const auto named = [](std::string_view name) {
    return only([&](auto& point) { point.full_name = {DirectoryName{organization(name)}}; });
  };
  EXPECT_EQ(asked({{.extensions = {named("CA")}}}), "not revoked");
  EXPECT_EQ(asked({{.extensions = {named("leaf")}}}),
            "no CRL speaks of it; a CRL of other certificates");
}

TEST(Revocation, is_told_by_crls_of_its_kind_of_certificates) {
  const auto users = only([](auto& point) { point.only_user_certificates = true; });
  const auto cas = only([](auto& point) { point.only_ca_certificates = true; });
  const auto attributes = only([](auto& point) { point.only_attribute_certificates = true; });
  const Draft subordinate{"sub", "ca"};
  const std::string none = "no CRL speaks of it; a CRL of other certificates";
  EXPECT_EQ(asked({{.extensions = {users}}}), "not revoked");
  EXPECT_EQ(asked({{.extensions = {cas}}}), none);
  EXPECT_EQ(asked(subordinate, {{.extensions = {users}}}), none);
  EXPECT_EQ(asked(subordinate, {{.extensions = {cas}}}), "not revoked");
  EXPECT_EQ(asked({{.extensions = {attributes}}}), none);
}

TEST(Revocation, needs_crls_of_all_reasons) {
  const auto of = [](std::uint16_t reasons) {
    return only([&](auto& point) { point.only_reasons = reasons; });
  };
  EXPECT_EQ(asked({{.extensions = {of(0x1fe)}}}), "not revoked");
  EXPECT_EQ(asked({{.extensions = {of(0x0fe)}}}), "no CRL speaks of all reasons");
  EXPECT_EQ(asked({{.extensions = {of(0x0fe)}}, {.extensions = {of(0x100)}}}), "not revoked");
  EXPECT_EQ(asked({{.extensions = {of(0x0fe)}, .run = entry("01")}}), "revoked");
}

TEST(Revocation, is_not_told_by_who_may_not_sign_crls) {
  const auto usage = [](KeyUsageBit use) {
    return ca_with({to_extension(KeyUsage::of({use}), Criticality::Critical)});
  };
  const auto by = [&](const Draft& signer) {
    return outcome(revocation_of(kLeaf.signed_certificate(),
                                 std::vector{signer.signed_certificate()}, Crls{{}}.now()));
  };
  EXPECT_EQ(by({"ca", "ca", usage(KeyUsageBit::CrlSign)}), "not revoked");
  EXPECT_EQ(by({"ca", "ca", usage(KeyUsageBit::KeyCertSign)}),
            "no CRL speaks of it; a CRL that its issuer did not sign");
  EXPECT_EQ(by({"other", "ca"}), "no CRL speaks of it; a CRL that its issuer did not sign");
}

TEST(Revocation, is_undetermined_where_the_certificate_cannot_be_read) {
  EXPECT_NE(asked({"leaf", "ca", {{oids::kCrlDistributionPoints, false, {0x30, 0x00}}}}, {{}}),
            "not revoked");
  EXPECT_NE(asked({"leaf", "ca", {{oids::kBasicConstraints, false, {0x05, 0x00}}}}, {{}}),
            "not revoked");
}

TEST(Revocation, is_not_looked_for_where_the_point_names_another_crl_issuer) {
  DistributionPoint elsewhere;
  elsewhere.crl_issuer = {DirectoryName{organization("ca")}};
  const CrlDistributionPoints points{{elsewhere}};
  EXPECT_EQ(asked({"leaf", "ca", {to_extension(points)}}, {{}}),
            "no CRL speaks of it; a CRL of other certificates");
}

// ---- Delta CRLs

CrlDraft numbered(std::uint64_t number, Bytes run = {}) {
  return {.extensions = {to_extension(CrlNumber::of(number))}, .run = std::move(run)};
}
CrlDraft delta(std::uint64_t base, std::uint64_t number, Bytes run) {
  return {.extensions = {to_extension(CrlNumber::of(number)),
                         to_extension(DeltaCrlIndicator{CrlNumber::of(base)})},
          .run = std::move(run)};
}

TEST(DeltaCrl, adds_to_a_complete_one_and_takes_off_it) {
  EXPECT_EQ(asked({numbered(5), delta(5, 6, entry("01"))}), "revoked");
  EXPECT_EQ(asked({delta(3, 6, entry("01")), numbered(5)}), "revoked");
  const Bytes taken_off = entry("01", CrlReason::RemoveFromCrl);
  EXPECT_EQ(asked({numbered(5, entry("01")), delta(5, 6, taken_off)}), "not revoked");
  EXPECT_EQ(asked({numbered(5, entry("01")), delta(5, 6, taken_off), delta(5, 7, entry("01"))}),
            "revoked");
}

TEST(DeltaCrl, means_nothing_without_what_it_continues) {
  EXPECT_EQ(asked({delta(5, 6, entry("02"))}), "no CRL speaks of it");
  EXPECT_EQ(asked({numbered(4), delta(5, 6, entry("01"))}), "not revoked");
  EXPECT_EQ(asked({numbered(6), delta(5, 6, entry("01"))}), "not revoked");
  EXPECT_EQ(asked({numbered(256), delta(5, 6, entry("01"))}), "not revoked");
  EXPECT_EQ(asked({{}, delta(5, 6, entry("01"))}), "not revoked");
}

// ---- Paths

TEST(RevocationOfAPath, names_the_certificate) {
  const Draft middle{"middle", "ca", ca_with({}), kCa.validity, "05"};
  const Draft leaf{"leaf", "middle", {}};
  const std::vector path = {leaf.signed_certificate(), middle.signed_certificate(),
                            kCa.signed_certificate()};
  const auto judged = [&](const Crls& crls) { return check_revocation(path, {}, crls.now()); };
  EXPECT_TRUE(judged({{}, {.issuer = "middle"}}).has_value());
  EXPECT_EQ(judged({{.run = entry("05")}, {.issuer = "middle"}}).error().index, 1U);
  EXPECT_EQ(judged({{}, {.issuer = "middle", .run = entry("01")}}).error().index, 0U);
  EXPECT_EQ(judged({{}}).error().index, 0U);
  EXPECT_TRUE(check_revocation(std::span(path).last(1), {}, {}).has_value());
}

TEST(RevocationOfAPath, may_be_told_by_another_key_of_the_issuer_that_is_itself_valid) {
  const auto key = testing::new_key();
  const auto points = to_extension(CrlDistributionPoints::at(std::string(kUri)));
  const auto signing = [&](KeyUsageBit use) {
    return Draft{
        "ca",         "ca", {to_extension(KeyUsage::of({use}), Criticality::Critical), points},
        kCa.validity, "09", key};
  };
  const std::vector path = {kLeaf.signed_certificate(), kCa.signed_certificate()};
  const CrlDraft by_other{.key = key};
  const auto about_other = [](Bytes run) {
    return CrlDraft{.extensions = {to_extension(IssuingDistributionPoint::at(std::string(kUri)))},
                    .run = std::move(run)};
  };
  const auto told = [&](const Crls& crls, const Draft& other) {
    return check_revocation(path, std::vector{other.signed_certificate()}, crls.now()).has_value();
  };
  const Draft other = signing(KeyUsageBit::CrlSign);
  EXPECT_TRUE(told({by_other, about_other({})}, other));
  EXPECT_FALSE(told({by_other, about_other(entry("09"))}, other));
  EXPECT_FALSE(told({by_other}, other));
  EXPECT_FALSE(told({by_other, about_other({})}, signing(KeyUsageBit::DigitalSignature)));
  EXPECT_FALSE(told({by_other, about_other({})}, kLeaf));
}

}  // namespace
}  // namespace everseal::x509
