#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "crypto/private_key.h"
#include "services/acm/operations/add_tags_to_certificate.h"
#include "services/acm/operations/delete_certificate.h"
#include "services/acm/operations/get_account_configuration.h"
#include "services/acm/operations/list_certificates.h"
#include "services/acm/operations/list_tags_for_certificate.h"
#include "services/acm/operations/put_account_configuration.h"
#include "services/acm/operations/remove_tags_from_certificate.h"
#include "services/acm/operations/update_certificate_options.h"
#include "services/acm/testing/decrypt.h"
#include "services/acm/testing/world.h"

namespace everseal::acm {
namespace {

using namespace std::chrono_literals;
using testing::World;

constexpr std::string_view kUnknown =
    "arn:aws:acm:us-east-1:111122223333:certificate/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

using Texts = std::vector<std::string>;

// --- ExportCertificate

TEST(ExportCertificate, gives_the_key_that_belongs_to_the_certificate) {
  World world;
  const auto arn = world.issued();
  const auto exported = world.export_certificate(arn, "correct horse");
  ASSERT_TRUE(exported);
  EXPECT_EQ(exported->certificate_chain, world.issuer.root().pem());
  const auto pkcs8 = testing::decrypt(exported->private_key, "correct horse");
  ASSERT_TRUE(pkcs8);
  const auto key = crypto::PrivateKey::from_pkcs8(pkcs8->reveal());
  ASSERT_TRUE(key);
  const auto certificate = x509::Certificate::parse_pem(exported->certificate);
  EXPECT_TRUE(std::ranges::equal(key->public_key_info(), certificate->public_key_info()));
}

TEST(ExportCertificate, encrypts_under_any_octets) {
  World world;
  const auto arn = world.issued();
  const auto plain = *testing::decrypt(world.export_certificate(arn)->private_key, "correct horse");
  rc::check([&] {
    const auto passphrase = *rc::gen::resize(128, rc::gen::arbitrary<std::string>());
    RC_PRE(passphrase.size() >= 4U && passphrase.size() <= 128U);
    const auto exported = world.export_certificate(arn, passphrase);
    RC_ASSERT(exported.has_value());
    const auto opened = testing::decrypt(exported->private_key, passphrase);
    RC_ASSERT(opened.has_value());
    RC_ASSERT(std::ranges::equal(opened->reveal(), plain.reveal()));
    const auto wrong = testing::decrypt(exported->private_key, passphrase + "x");
    const bool opens_too = wrong && std::ranges::equal(wrong->reveal(), plain.reveal());
    RC_ASSERT(!opens_too);
  });
}

TEST(ExportCertificate, makes_the_certificate_eligible_for_renewal) {
  World world;
  const auto arn = world.issued();
  ASSERT_TRUE(world.export_certificate(arn));
  EXPECT_EQ(world.describe(arn).renewal_eligibility, RenewalEligibility::Eligible);
}

TEST(ExportCertificate, is_refused_before_the_issuance_and_after_its_failure) {
  World world;
  const auto arn = world.request(world.order("app.corp.internal"))->certificate_arn;
  EXPECT_EQ(world.export_certificate(arn).error().code, "RequestInProgressException");
  world.issuer.refuse(FailureReason::PcaInvalidState);
  world.run_jobs();
  EXPECT_EQ(world.export_certificate(arn).error().code, "ValidationException");
  EXPECT_EQ(world.export_certificate(kUnknown).error().code, "ResourceNotFoundException");
}

TEST(ExportCertificate, never_stores_a_key_that_reads_as_one) {
  World world;
  const auto arn = world.issued();
  const auto pkcs8 = *testing::decrypt(world.export_certificate(arn)->private_key, "correct horse");
  const auto material = **world.material(arn);
  const auto secret = pkcs8.reveal().subspan(pkcs8.size() / 2, 16);
  EXPECT_TRUE(std::ranges::search(material.sealed_key, secret).empty());
}

// --- DeleteCertificate

TEST(DeleteCertificate, takes_everything_of_it_away) {
  World world;
  const auto arn = world.issued();
  ASSERT_TRUE(DeleteCertificate{*world.database}({arn}, world.call));
  EXPECT_EQ(DescribeCertificate(*world.database, world.clock)({arn}, world.call).error().code,
            "ResourceNotFoundException");
  EXPECT_FALSE(*world.material(arn));
  EXPECT_EQ(world.promised(kRenewJob), 0U);
  EXPECT_EQ(DeleteCertificate{*world.database}({arn}, world.call).error().code,
            "ResourceNotFoundException");
}

TEST(DeleteCertificate, leaves_the_chain_to_those_that_share_it) {
  World world;
  const auto first = world.issued("a.corp");
  const auto second = world.issued("b.corp");
  ASSERT_TRUE(DeleteCertificate{*world.database}({first}, world.call));
  EXPECT_EQ((*world.material(second))->chain, world.issuer.root().pem());
}

TEST(DeleteCertificate, is_refused_while_something_uses_it) {
  World world;
  const auto arn = world.issued();
  const auto& users = world.service.users();
  constexpr std::string_view listener = "arn:aws:elasticloadbalancing:us-east-1:1:listener/x";
  ASSERT_TRUE(
      world.database->write([&](sql::Transaction& tx) { return users.attach(tx, arn, listener); }));
  EXPECT_EQ(world.describe(arn).in_use_by, Texts{std::string(listener)});
  EXPECT_EQ(world.describe(arn).renewal_eligibility, RenewalEligibility::Eligible);
  const auto refused = DeleteCertificate{*world.database}({arn}, world.call);
  EXPECT_EQ(refused.error().code, "ResourceInUseException");
  EXPECT_EQ(refused.error().message, "Certificate " + arn + " in account 111122223333 is in use.");
  ASSERT_TRUE(
      world.database->write([&](sql::Transaction& tx) { return users.detach(tx, arn, listener); }));
  EXPECT_TRUE(DeleteCertificate{*world.database}({arn}, world.call));
}

TEST(CertificateUsers, use_only_what_is_issued) {
  World world;
  const auto arn = world.request(world.order("app.corp.internal"))->certificate_arn;
  const auto attached = world.database->write(
      [&](sql::Transaction& tx) { return world.service.users().attach(tx, arn, "arn:x"); });
  EXPECT_EQ(attached.error().kind, Fault::Kind::Conflict);
}

// --- ListCertificates

struct Listing {
  World world;
  ListCertificates operation{*world.database, world.clock};
  Texts expected;

  explicit Listing(int count) {
    for (int i = 0; i < count; ++i) {
      expected.push_back(world.issued("n" + std::to_string(i) + ".corp"));
      world.clock.advance(i % 3 == 0 ? 0ms : 1ms);  // some share a moment
    }
  }
  static ListCertificates::Request with_keys(std::vector<KeyAlgorithm> keys) {
    ListCertificates::Request request;
    request.includes = ListCertificates::Includes{};
    request.includes->key_types = std::move(keys);
    return request;
  }
  static ListCertificates::Request of_curves() { return with_keys({KeyAlgorithm::EcP256}); }
  Texts all(ListCertificates::Request request) {
    Texts arns;
    for (int pages = 0; pages < 100; ++pages) {
      const auto page = operation(request, world.call);
      if (!page) return {std::string(page.error().code)};
      for (const auto& summary : page->certificate_summary_list) {
        arns.push_back(summary.certificate_arn);
      }
      if (!page->next_token) return arns;
      request.next_token = page->next_token;
    }
    return {"pages without end"};
  }
};

TEST(ListCertificates, shows_no_curves_unless_asked) {
  Listing listing(1);
  EXPECT_TRUE(listing.all({}).empty());
  EXPECT_EQ(listing.all(Listing::of_curves()), listing.expected);
  EXPECT_TRUE(listing.all(Listing::with_keys({KeyAlgorithm::Rsa2048})).empty());
}

TEST(ListCertificates, shows_rsa_2048_unasked) {
  World world({}, crypto::KeyAlgorithm::Rsa2048);
  auto order = world.order("app.corp.internal");
  order.key_algorithm = KeyAlgorithm::Rsa2048;
  const auto arn = world.request(order)->certificate_arn;
  const auto page = ListCertificates{*world.database, world.clock}({}, world.call);
  ASSERT_EQ(page->certificate_summary_list.size(), 1U);
  EXPECT_EQ(page->certificate_summary_list[0].certificate_arn, arn);
}

TEST(ListCertificates, pages_show_each_certificate_once_in_either_order) {
  Listing listing(11);
  for (const int page : {1, 2, 3, 5, 11, 12}) {
    auto request = Listing::of_curves();
    request.max_items = page;
    auto found = listing.all(request);
    EXPECT_TRUE(std::ranges::is_permutation(found, listing.expected)) << page;
    request.sort_by = SortBy::CreatedAt;
    request.sort_order = SortOrder::Descending;
    auto newest_first = listing.all(request);
    std::ranges::reverse(newest_first);
    EXPECT_EQ(newest_first, found) << page;
  }
}

// Failed requests older than any certificate, more than one call looks at.
void add_failed_requests(World& world, std::size_t count) {
  const auto added = world.database->write([&](sql::Transaction& tx) {
    return tx.run(
        "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1) "
        "INSERT INTO acm_certificate (arn, account, region, type, status, domain_name, names, "
        "ip_addresses, key_algorithm, transparency, export_option, created_at, exported, "
        "exported_since_issue, failure_reason) SELECT arn || n, account, region, type, 'FAILED', "
        "domain_name, names, ip_addresses, key_algorithm, transparency, export_option, "
        "created_at - n, 0, 0, 'PCA_INVALID_STATE' FROM acm_certificate, numbers",
        count);
  });
  ASSERT_TRUE(added) << added.error().cause;
  ASSERT_EQ(static_cast<std::size_t>(*added), count);
}

TEST(ListCertificates, looks_at_twenty_thousand_in_one_call_and_says_that_there_is_more) {
  Listing listing(1);
  add_failed_requests(listing.world, ListCertificates::rows_looked_at);
  auto request = Listing::of_curves();
  request.certificate_statuses = {CertificateStatus::Issued};
  const auto first = listing.operation(request, listing.world.call);
  ASSERT_TRUE(first);
  EXPECT_TRUE(first->certificate_summary_list.empty());
  ASSERT_TRUE(first->next_token);
  request.next_token = first->next_token;
  const auto second = listing.operation(request, listing.world.call);
  ASSERT_TRUE(second);
  ASSERT_EQ(second->certificate_summary_list.size(), 1U);
  EXPECT_EQ(second->certificate_summary_list[0].certificate_arn, listing.expected[0]);
  EXPECT_FALSE(second->next_token);
}

TEST(ListCertificates, summarizes_what_describe_tells) {
  Listing listing(1);
  const auto arn = listing.expected[0];
  ASSERT_TRUE(listing.world.export_certificate(arn));
  const auto page = listing.operation(Listing::of_curves(), listing.world.call);
  const auto& summary = page->certificate_summary_list[0];
  EXPECT_EQ(summary.domain_name, "n0.corp");
  EXPECT_EQ(summary.subject_alternative_name_summaries, Texts{"n0.corp"});
  EXPECT_FALSE(summary.has_additional_subject_alternative_names);
  EXPECT_EQ(summary.key_algorithm, "EC-prime256v1");
  EXPECT_EQ(summary.key_usages,
            (std::vector{KeyUsageName::DigitalSignature, KeyUsageName::KeyEncipherment}));
  EXPECT_EQ(summary.extended_key_usages,
            (std::vector{ExtendedKeyUsageName::TlsWebServerAuthentication,
                         ExtendedKeyUsageName::TlsWebClientAuthentication}));
  EXPECT_EQ(summary.exported, true);
  EXPECT_FALSE(summary.in_use);
  EXPECT_EQ(summary.renewal_eligibility, RenewalEligibility::Eligible);
  EXPECT_EQ(summary.not_after, listing.world.describe(arn).not_after);
}

TEST(ListCertificates, filters_hold_all_together_and_any_of_a_list) {
  Listing listing(2);
  auto request = Listing::of_curves();
  request.certificate_statuses = {CertificateStatus::Failed, CertificateStatus::Issued};
  request.includes->key_usage = {KeyUsageName::CrlSigning, KeyUsageName::DigitalSignature};
  request.includes->extended_key_usage = {ExtendedKeyUsageName::TlsWebClientAuthentication};
  request.includes->export_option = Switch::Disabled;
  EXPECT_EQ(listing.all(request).size(), 2U);
  auto other = request;
  other.includes->key_usage = {KeyUsageName::CrlSigning};
  EXPECT_TRUE(listing.all(other).empty());
  other = request;
  other.certificate_statuses = {CertificateStatus::Expired};
  EXPECT_TRUE(listing.all(other).empty());
  other = request;
  other.includes->export_option = Switch::Enabled;
  EXPECT_TRUE(listing.all(other).empty());
  other = request;
  other.includes->managed_by = ManagedBy::CloudFront;
  EXPECT_TRUE(listing.all(other).empty());
  other = request;
  other.includes->extended_key_usage = {ExtendedKeyUsageName::CodeSigning};
  EXPECT_TRUE(listing.all(other).empty());
}

TEST(ListCertificates, finds_what_has_expired_by_that_status) {
  Listing listing(1);
  listing.world.clock.advance(std::chrono::days{400});
  auto request = Listing::of_curves();
  request.certificate_statuses = {CertificateStatus::Expired};
  EXPECT_EQ(listing.all(request), listing.expected);
}

TEST(ListCertificates, refuses_half_a_sort_order_and_foreign_tokens) {
  Listing listing(2);
  auto request = Listing::of_curves();
  request.sort_by = SortBy::CreatedAt;
  EXPECT_EQ(listing.all(request), Texts{"ValidationException"});
  request = Listing::of_curves();
  request.next_token = "AAAA";
  EXPECT_EQ(listing.all(request), Texts{"ValidationException"});
  request = Listing::of_curves();
  request.max_items = 1;
  request.next_token = listing.operation(request, listing.world.call)->next_token;
  auto stranger = listing.world.call;
  stranger.caller.account = "444455556666";
  EXPECT_EQ(listing.operation(request, stranger).error().code, "ValidationException");
}

TEST(ListCertificates, shows_nothing_of_another_account_or_region) {
  Listing listing(1);
  listing.world.call.region = "eu-west-1";
  EXPECT_TRUE(listing.all(Listing::of_curves()).empty());
}

// --- tags

TEST(Tagging, adds_overwrites_and_removes) {
  World world;
  const auto arn = world.issued();
  const AddTagsToCertificate add{*world.database, world.settings};
  const RemoveTagsFromCertificate remove{*world.database};
  const auto tags = [&] {
    std::map<std::string, std::string> found;
    const auto listed = ListTagsForCertificate{*world.database}({arn}, world.call);
    for (const auto& tag : listed->tags) {
      found[tag.key] = tag.value.value_or("absent");
    }
    return found;
  };
  using Tags = std::map<std::string, std::string>;
  ASSERT_TRUE(add({arn, {{"team", "web"}, {"stage", {}}}}, world.call));
  EXPECT_EQ(tags(), (Tags{{"team", "web"}, {"stage", ""}}));
  ASSERT_TRUE(add({arn, {{"team", "db"}}}, world.call));
  ASSERT_TRUE(remove({arn, {{"team", "web"}, {"stage", {}}}}, world.call));
  EXPECT_EQ(tags(), (Tags{{"team", "db"}}));
  ASSERT_TRUE(remove({arn, {{"team", "db"}, {"never", {}}}}, world.call));
  EXPECT_TRUE(tags().empty());
}

TEST(Tagging, refuses_reserved_keys_and_a_fifty_first_tag) {
  World world;
  const auto arn = world.issued();
  const AddTagsToCertificate add{*world.database, world.settings};
  EXPECT_EQ(add({arn, {{"aws:x", "y"}}}, world.call).error().code, "InvalidTagException");
  std::vector<Tag> fifty;
  for (int i = 0; i < 50; ++i) fifty.push_back({"k" + std::to_string(i), "v"});
  ASSERT_TRUE(add({arn, fifty}, world.call));
  EXPECT_TRUE(add({arn, {{"k0", "again"}}}, world.call));
  EXPECT_EQ(add({arn, {{"one-more", "v"}}}, world.call).error().code, "TooManyTagsException");
  EXPECT_EQ(ListTagsForCertificate{*world.database}({arn}, world.call)->tags.size(), 50U);
}

TEST(Tagging, needs_a_certificate) {
  World world;
  const std::string arn(kUnknown);
  const auto code = [](const auto& answer) { return answer.error().code; };
  EXPECT_EQ(code(AddTagsToCertificate{*world.database, world.settings}({arn, {}}, world.call)),
            "ResourceNotFoundException");
  EXPECT_EQ(code(RemoveTagsFromCertificate{*world.database}({arn, {}}, world.call)),
            "ResourceNotFoundException");
  EXPECT_EQ(code(ListTagsForCertificate{*world.database}({arn}, world.call)),
            "ResourceNotFoundException");
}

// --- account configuration, options

TEST(AccountConfiguration, is_forty_five_days_until_somebody_chooses) {
  World world;
  const GetAccountConfiguration get{*world.database, world.settings};
  const PutAccountConfiguration put{*world.database, world.clock, world.settings};
  const auto days = [&] { return get({}, world.call)->expiry_events.days_before_expiry; };
  EXPECT_EQ(days(), 45);
  ASSERT_TRUE(put({ExpiryEvents{30}, "one"}, world.call));
  EXPECT_EQ(days(), 30);
  world.call.region = "eu-west-1";
  EXPECT_EQ(days(), 45);
}

TEST(AccountConfiguration, a_token_chooses_once_an_hour) {
  World world;
  const GetAccountConfiguration get{*world.database, world.settings};
  const PutAccountConfiguration put{*world.database, world.clock, world.settings};
  const auto days = [&] { return get({}, world.call)->expiry_events.days_before_expiry; };
  ASSERT_TRUE(put({ExpiryEvents{30}, "one"}, world.call));
  ASSERT_TRUE(put({ExpiryEvents{20}, "one"}, world.call));
  EXPECT_EQ(days(), 30);
  ASSERT_TRUE(put({ExpiryEvents{10}, "two"}, world.call));
  EXPECT_EQ(days(), 10);
  world.clock.advance(1h);
  ASSERT_TRUE(put({ExpiryEvents{5}, "two"}, world.call));
  EXPECT_EQ(days(), 5);
}

TEST(UpdateCertificateOptions, keeps_the_preference_and_refuses_another_export_option) {
  World world;
  const auto arn = world.issued();
  const UpdateCertificateOptions update{*world.database};
  ASSERT_TRUE(update({arn, {Switch::Enabled, {}}}, world.call));
  EXPECT_EQ(world.describe(arn).options.transparency, Switch::Enabled);
  EXPECT_TRUE(update({arn, {{}, Switch::Disabled}}, world.call));
  EXPECT_EQ(update({arn, {{}, Switch::Enabled}}, world.call).error().code, "ValidationException");
  EXPECT_EQ(update({std::string(kUnknown), {}}, world.call).error().code,
            "ResourceNotFoundException");
}

TEST(UpdateCertificateOptions, is_refused_for_a_request_that_failed) {
  World world;
  world.issuer.refuse(FailureReason::PcaInvalidState);
  const auto arn = world.issued();
  EXPECT_EQ(UpdateCertificateOptions{*world.database}({arn, {Switch::Enabled, {}}}, world.call)
                .error()
                .code,
            "InvalidStateException");
}

// --- the certificate of Everseal itself

struct OwnCertificate {
  World world;
  const ServerCertificate& server = world.service.server_certificate();
  static inline const ServerCertificate::Names names{
      .common_name = "localhost",
      .dns_names = {"localhost", "pki.corp.internal"},
      .ip_addresses = {"127.0.0.1", "::1"}};

  Result<std::string, Refusal> issue() {
    return server.issue(std::string(World::ca_arn), "us-east-1", names, KeyAlgorithm::EcP256);
  }
};

TEST(ServerCertificate, has_addresses_and_single_labels_and_a_key_that_fits) {
  OwnCertificate own;
  EXPECT_FALSE(*own.server.current());
  const auto arn = own.issue();
  ASSERT_TRUE(arn);
  const auto current = own.server.current();
  ASSERT_TRUE(current && *current);
  EXPECT_EQ((*current)->certificate_arn, *arn);
  ASSERT_EQ((*current)->identity.chain.size(), 2U);
  const auto certificate = *x509::Certificate::parse((*current)->identity.chain[0]);
  const auto names = **certificate.extensions().get<x509::SubjectAlternativeName>();
  EXPECT_EQ(names.names.size(), 4U);
  const auto key = crypto::PrivateKey::from_pkcs8((*current)->identity.private_key.reveal());
  EXPECT_TRUE(std::ranges::equal(key->public_key_info(), certificate.public_key_info()));
  EXPECT_TRUE(*own.server.is_ours(*arn));
  EXPECT_EQ((*current)->names.dns_names, own.names.dns_names);
  EXPECT_EQ((*current)->names.ip_addresses, own.names.ip_addresses);
  EXPECT_EQ((*current)->certificate_authority_arn, World::ca_arn);
}

TEST(ServerCertificate, needs_the_permission_of_the_ca) {
  OwnCertificate own;
  own.world.issuer.permitted = false;
  EXPECT_EQ(own.issue().error().reason, FailureReason::PcaAccessDenied);
  EXPECT_FALSE(*own.server.current());
}

TEST(ServerCertificate, renews_itself_with_all_its_names_and_tells_the_listener) {
  OwnCertificate own;
  const auto arn = *own.issue();
  const auto before = *own.server.current();
  own.world.run_until(before->not_after - std::chrono::days{60});
  const auto after = *own.server.current();
  EXPECT_EQ(after->certificate_arn, arn);
  EXPECT_NE(after->identity.chain[0], before->identity.chain[0]);
  EXPECT_EQ(own.world.listener.heard, Texts{arn});
  const auto& order = own.world.issuer.orders().back();
  EXPECT_EQ(order.ip_addresses, own.names.ip_addresses);
  EXPECT_EQ(order.dns_names, own.names.dns_names);
}

TEST(ServerCertificate, a_new_one_takes_the_place_of_the_old) {
  OwnCertificate own;
  const auto first = *own.issue();
  const auto second = *own.issue();
  EXPECT_EQ((*own.server.current())->certificate_arn, second);
  EXPECT_FALSE(*own.server.is_ours(first));
}

}  // namespace
}  // namespace everseal::acm
