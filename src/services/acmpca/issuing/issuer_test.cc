#include "services/acmpca/issuing/issuer.h"

#include <gtest/gtest.h>

#include "services/acmpca/issuing/internal_root.h"
#include "services/acmpca/operations/create_permission.h"
#include "services/acmpca/operations/delete_certificate_authority.h"
#include "services/acmpca/operations/import_certificate_authority_certificate.h"
#include "services/acmpca/operations/tag_certificate_authority.h"
#include "services/acmpca/operations/update_certificate_authority.h"
#include "services/acmpca/testing/outside_ca.h"
#include "services/acmpca/testing/test_ca.h"
#include "x509/chain.h"
#include "x509/extension_writer.h"

namespace everseal::acmpca {
namespace {

using testing::at;
using testing::days;
using testing::leaf_key;
using testing::OutsideCa;
using testing::TestCa;
using Reason = IssuerRefusal::Reason;

CertificateOrder order_from(const AuthorityArn& ca) {
  return {.certificate_authority_arn = ca.text(),
          .account = "111122223333",
          .region = "us-east-1",
          .rights = CertificateOrder::Rights::Caller,
          .requested_by = "arn:aws:iam::111122223333:root",
          .key_algorithm = crypto::KeyAlgorithm::P256,
          .common_name = "app.corp.internal",
          .dns_names = {"app.corp.internal", "*.app.corp.internal"},
          .ip_addresses = {},
          .not_before = at("2025-03-01T11:00:00Z"),
          .not_after = at("2026-04-01T12:00:00Z")};
}

auto sign(TestCa& world, const CertificateOrder& order) {
  return world.issuer.sign(order, leaf_key().public_key_info());
}

Outcome store(TestCa& world, const SignedCertificate& certificate) {
  return world.database->write([&](sql::Transaction& tx) { return certificate.store(tx); });
}

// What both say: `check` before there is a key, and `sign`.
void expect_refused(TestCa& world, const CertificateOrder& order, Reason reason) {
  const auto checked = world.issuer.check(order);
  const auto signed_now = sign(world, order);
  ASSERT_FALSE(checked.has_value());
  ASSERT_FALSE(signed_now.has_value());
  EXPECT_EQ(checked.error().reason, reason) << checked.error().message;
  EXPECT_EQ(signed_now.error().reason, reason) << signed_now.error().message;
}

TEST(Issuer, signs_an_order_that_becomes_true_when_it_is_stored) {
  TestCa world;
  const auto ca = world.active_root();
  const auto order = order_from(ca);
  ASSERT_TRUE(world.issuer.check(order).has_value());
  const auto done = sign(world, order);
  ASSERT_TRUE(done.has_value()) << done.error().message;
  const auto leaf = *x509::Certificate::parse(done->certificate());
  EXPECT_EQ(leaf.subject().text(), "CN=app.corp.internal");
  EXPECT_EQ((*leaf.extensions().get<x509::SubjectAlternativeName>())->dns_names(), order.dns_names);
  EXPECT_EQ(leaf.validity(), (x509::Validity{order.not_before, order.not_after}));
  const std::vector path{leaf, *x509::Certificate::parse(done->chain().front())};
  EXPECT_TRUE(x509::validate_chain(path, {.at = world.clock.now()}).has_value());

  const auto arn = certificate_arn(ca, leaf.serial().octets());
  EXPECT_FALSE(world.run<GetCertificate>({ca, arn}).has_value());
  ASSERT_TRUE(store(world, *done).has_value());
  EXPECT_EQ(world.run<GetCertificate>({ca, arn})->certificate, leaf.pem());
}

TEST(Issuer, names_the_tags_of_the_ca_that_a_caller_is_judged_by) {
  TestCa world;
  const auto ca = world.active_root();
  ASSERT_TRUE(world.run<TagCertificateAuthority>({ca, {{"env", "prod"}}}).has_value());
  const auto access = world.issuer.access(ca.text());
  EXPECT_EQ(access.resources, std::vector{ca.text()});
  EXPECT_EQ(*access.resource_tags(), (aws::Tags{{"env", "prod"}}));
  EXPECT_EQ(world.issuer.access("no CA").resources, std::vector<std::string>{"no CA"});
}

TEST(Issuer, may_store_again_what_was_undone) {
  TestCa world;
  const auto done = sign(world, order_from(world.active_root()));
  const auto undone = world.database->write([&](sql::Transaction& tx) -> Outcome {
    if (const auto stored = done->store(tx); !stored) return stored;
    return Fault::broken("something else failed");
  });
  EXPECT_EQ(undone.error().cause, "something else failed");
  EXPECT_TRUE(store(world, *done).has_value());
}

TEST(Issuer, does_not_store_what_a_ca_signed_before_it_was_disabled) {
  TestCa world;
  const auto ca = world.active_root();
  const auto done = sign(world, order_from(ca));
  ASSERT_TRUE(
      world.run<UpdateCertificateAuthority>({ca, std::nullopt, CaStatus::Disabled}).has_value());
  const auto stored = store(world, *done);
  ASSERT_FALSE(stored.has_value());
  EXPECT_EQ(stored.error().kind, Fault::Kind::Conflict);
}

TEST(Issuer, puts_ip_addresses_and_single_labels_into_certificates_of_servers) {
  TestCa world;
  auto order = order_from(world.active_root());
  order.common_name = "localhost";
  order.dns_names = {"localhost"};
  order.ip_addresses = {"127.0.0.1", "::1"};
  const auto done = sign(world, order);
  ASSERT_TRUE(done.has_value()) << done.error().message;
  const auto leaf = *x509::Certificate::parse(done->certificate());
  const auto names = **leaf.extensions().get<x509::SubjectAlternativeName>();
  ASSERT_EQ(names.names.size(), 3U);
  EXPECT_EQ(x509::describe(names.names[1]), "IP Address:127.0.0.1");
}

TEST(Issuer, refuses_cas_that_are_none_or_not_there) {
  TestCa world;
  const auto ca = world.active_root();
  auto order = order_from(ca);
  order.certificate_authority_arn = "arn:aws:acm:us-east-1:111122223333:certificate/1";
  expect_refused(world, order, Reason::InvalidArn);
  order = order_from(ca);
  order.region = "eu-west-1";
  expect_refused(world, order, Reason::InvalidArn);
  order = order_from(ca);
  order.account = "444455556666";
  expect_refused(world, order, Reason::NotFound);
  const AuthorityArn unknown("us-east-1", "111122223333", "00000000-0000-0000-0000-000000000000");
  expect_refused(world, order_from(unknown), Reason::NotFound);
}

TEST(Issuer, refuses_cas_that_are_not_active) {
  TestCa world;
  expect_refused(world, order_from(world.create(CaType::Root)), Reason::InvalidState);
  const auto ca = world.active_root();
  ASSERT_TRUE(world.issuer.check(order_from(ca)).has_value());
  ASSERT_TRUE(
      world.run<UpdateCertificateAuthority>({ca, std::nullopt, CaStatus::Disabled}).has_value());
  expect_refused(world, order_from(ca), Reason::InvalidState);
  ASSERT_TRUE(world.run<DeleteCertificateAuthority>({ca, 7}).has_value());
  expect_refused(world, order_from(ca), Reason::InvalidState);
  world.clock.advance(std::chrono::days{7});
  expect_refused(world, order_from(ca), Reason::NotFound);
}

TEST(Issuer, refuses_short_lived_cas_keys_of_another_family_and_bad_names) {
  TestCa world;
  const auto brief =
      world.active_root("Short", KeyAlgorithm::EcP256, UsageMode::ShortLivedCertificate);
  expect_refused(world, order_from(brief), Reason::InvalidArgs);
  auto order = order_from(world.active_root());
  order.key_algorithm = crypto::KeyAlgorithm::Rsa2048;
  expect_refused(world, order, Reason::InvalidArgs);
}

TEST(Issuer, refuses_what_would_outlive_the_ca) {
  TestCa world;
  auto order = order_from(world.active_root());
  order.not_after = at("2035-03-01T12:00:01Z");
  expect_refused(world, order, Reason::InvalidDuration);
}

TEST(Issuer, refuses_names_that_the_ca_does_not_permit) {
  TestCa world;
  const auto root = OutsideCa::root("Outside Root");
  const auto ca = world.create(CaType::Subordinate);
  auto extensions = testing::ca_extensions();
  extensions.push_back(x509::to_extension(
      x509::NameConstraints{.permitted = {x509::DnsName{"other.internal"}}, .excluded = {}}));
  const auto certificate = root.sign_ca(world.csr_of(ca), world.clock.now(), 1000, extensions);
  ASSERT_TRUE(world
                  .run<ImportCertificateAuthorityCertificate>(
                      {.certificate = to_bytes(certificate.pem()),
                       .certificate_authority_arn = ca,
                       .certificate_chain = to_bytes(root.chain_pem())})
                  .has_value());
  expect_refused(world, order_from(ca), Reason::NameConstraints);
  auto order = order_from(ca);
  order.common_name = "app.other.internal";
  order.dns_names = {"app.other.internal"};
  EXPECT_TRUE(world.issuer.check(order).has_value());
  EXPECT_TRUE(sign(world, order).has_value());
}

TEST(Issuer, serves_a_service_only_with_all_three_permissions) {
  TestCa world;
  const auto ca = world.active_root();
  auto order = order_from(ca);
  order.rights = CertificateOrder::Rights::Service;
  order.requested_by = "acm.amazonaws.com";
  expect_refused(world, order, Reason::AccessDenied);
  const auto grant = [&](std::string_view account, std::vector<PermittedAction> actions) {
    ASSERT_TRUE(world
                    .run<CreatePermission>(
                        {ca, "acm.amazonaws.com", std::string(account), std::move(actions)})
                    .has_value());
  };
  grant("444455556666", {PermittedAction::IssueCertificate, PermittedAction::GetCertificate,
                         PermittedAction::ListPermissions});
  expect_refused(world, order, Reason::AccessDenied);
  grant("111122223333", {PermittedAction::IssueCertificate, PermittedAction::GetCertificate,
                         PermittedAction::ListPermissions});
  EXPECT_TRUE(sign(world, order).has_value());
}

TEST(Issuer, refuses_a_service_with_part_of_the_permissions) {
  TestCa world;
  const auto ca = world.active_root();
  auto order = order_from(ca);
  order.rights = CertificateOrder::Rights::Service;
  order.requested_by = "acm.amazonaws.com";
  ASSERT_TRUE(world
                  .run<CreatePermission>(
                      {ca,
                       "acm.amazonaws.com",
                       std::nullopt,
                       {PermittedAction::IssueCertificate, PermittedAction::GetCertificate}})
                  .has_value());
  expect_refused(world, order, Reason::AccessDenied);
}

TEST(InternalRoot, is_active_for_twenty_years_and_serves_acm_in_its_own_account) {
  TestCa world;
  const auto arn =
      create_internal_root({"everseal", "us-east-1", "Everseal Internal CA"}, *world.database,
                           world.clock, world.key_store, world.random);
  ASSERT_TRUE(arn.has_value()) << arn.error().cause;
  const auto ca = *AuthorityArn::parse(*arn);
  const auto stored = world.stored(ca);
  EXPECT_EQ(stored.status(world.clock.now()), CaStatus::Active);
  EXPECT_EQ(stored.installed->not_after, at("2045-03-01T12:00:00Z"));
  auto order = order_from(ca);
  order.account = "everseal";
  order.rights = CertificateOrder::Rights::Service;
  order.requested_by = "acm.amazonaws.com";
  const auto done = sign(world, order);
  ASSERT_TRUE(done.has_value()) << done.error().message;
  EXPECT_TRUE(store(world, *done).has_value());
}

}  // namespace
}  // namespace everseal::acmpca
