#include <gtest/gtest.h>

#include <algorithm>

#include "services/acm/operations/delete_certificate.h"
#include "services/acm/operations/get_certificate.h"
#include "services/acm/testing/world.h"

namespace everseal::acm {
namespace {

using namespace std::chrono_literals;
using testing::World;

constexpr std::string_view kUnknown =
    "arn:aws:acm:us-east-1:111122223333:certificate/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

using Texts = std::vector<std::string>;

// --- RequestCertificate

TEST(RequestCertificate, answers_at_once_and_issues_afterwards) {
  World world;
  const auto arn = world.request(world.order("App.corp.internal"))->certificate_arn;
  const auto pending = world.describe(arn);
  EXPECT_EQ(pending.status, CertificateStatus::PendingValidation);
  EXPECT_FALSE(pending.serial);
  EXPECT_FALSE(pending.not_after);

  world.run_jobs();

  const auto issued = world.describe(arn);
  EXPECT_EQ(issued.status, CertificateStatus::Issued);
  EXPECT_EQ(issued.subject, "CN=app.corp.internal");
  EXPECT_EQ(issued.type, CertificateType::Private);
  EXPECT_TRUE(world.was_logged("certificate.issued"));
}

TEST(RequestCertificate, makes_an_rsa_2048_key_if_nobody_chose) {
  World world({}, crypto::KeyAlgorithm::Rsa2048);
  auto order = world.order("app.corp.internal");
  order.key_algorithm.reset();
  const auto arn = world.request(order)->certificate_arn;
  world.run_jobs();
  EXPECT_EQ(world.describe(arn).key_algorithm, "RSA-2048");
  EXPECT_EQ(world.describe(arn).signature_algorithm, "SHA256WITHRSA");
}

TEST(RequestCertificate, is_issued_on_the_rights_of_the_caller) {
  World world;
  world.issuer.permitted = false;
  const auto arn = world.issued();
  EXPECT_EQ(world.describe(arn).status, CertificateStatus::Issued);
  EXPECT_EQ(world.issuer.orders().front().requested_by, "arn:aws:iam::111122223333:root");
}

TEST(RequestCertificate, is_denied_to_who_may_not_issue_or_get_from_the_ca) {
  for (const auto* action : {"acm-pca:IssueCertificate", "acm-pca:GetCertificate"}) {
    World world;
    world.authorizer.denied = {action};
    const auto refused = world.request(world.order("app.corp.internal"));
    EXPECT_EQ(refused.error().code, "AccessDeniedException");
    EXPECT_EQ(world.promised(kIssueJob), 0U);
  }
}

// Everything, but not with the CAs that are tagged so.
aws::policy::SharedPolicy all_but_cas_tagged(std::string_view key, std::string_view value) {
  const auto document =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},)"
      R"({"Effect":"Deny","Action":"acm-pca:IssueCertificate","Resource":"*","Condition":)"
      R"({"StringEquals":{"aws:ResourceTag/)" +
      std::string(key) + R"(":")" + std::string(value) + R"("}}}]})";
  return *aws::policy::Policy::parse(document, aws::policy::Kind::Identity);
}

TEST(RequestCertificate, is_judged_by_the_tags_of_the_ca) {
  World world;
  world.call.caller.kind = aws::Caller::Kind::User;
  world.authorizer.policy = all_but_cas_tagged("env", "prod");
  world.issuer.tags = {{"env", "prod"}};
  const auto refused = world.request(world.order("app.corp.internal"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "AccessDeniedException");
  EXPECT_EQ(world.promised(kIssueJob), 0U);
  world.issuer.tags = {{"env", "test"}};
  EXPECT_TRUE(world.request(world.order("app.corp.internal")));
}

TEST(RequestCertificate, tells_policies_the_names_as_they_are_issued) {
  World world;
  auto order = world.order("App.Corp.internal");
  order.subject_alternative_names = {"DB.corp.internal"};
  const RequestCertificate operation{*world.database, world.clock,      world.random,
                                     world.issuer,    world.authorizer, world.settings};
  const auto context = operation.access(order, world.call).context;
  EXPECT_EQ(context.front().first, "acm:DomainNames");
  EXPECT_EQ(context.front().second, (Texts{"app.corp.internal", "db.corp.internal"}));
}

TEST(RequestCertificate, says_what_everseal_is_for_when_no_ca_is_named) {
  World world;
  auto order = world.order("app.corp.internal");
  order.certificate_authority_arn.reset();
  const auto refused = world.request(order);
  EXPECT_EQ(refused.error().code, "InvalidParameterException");
  EXPECT_NE(refused.error().message.find("private certificate authority"), std::string::npos);
}

TEST(RequestCertificate, refuses_an_arn_that_names_no_ca) {
  World world;
  auto order = world.order("app.corp.internal");
  order.certificate_authority_arn = "arn:aws:acm-pca:us-east-1:111122223333:other/x";
  EXPECT_EQ(world.request(order).error().code, "InvalidArnException");
}

TEST(RequestCertificate, refuses_keys_that_are_for_import_only) {
  World world;
  for (const auto algorithm : {KeyAlgorithm::Rsa1024, KeyAlgorithm::Rsa3072, KeyAlgorithm::Rsa4096,
                               KeyAlgorithm::EcP521}) {
    auto order = world.order("app.corp.internal");
    order.key_algorithm = algorithm;
    EXPECT_EQ(world.request(order).error().code, "InvalidParameterException");
  }
}

TEST(RequestCertificate, refuses_bad_names_tags_and_managers) {
  World world;
  EXPECT_EQ(world.request(world.order("10.0.0.10")).error().code, "InvalidParameterException");
  auto order = world.order("app.corp.internal");
  order.tags = {{"aws:team", "web"}};
  EXPECT_EQ(world.request(order).error().code, "InvalidTagException");
  order = world.order("app.corp.internal");
  order.managed_by = ManagedBy::CloudFront;
  EXPECT_EQ(world.request(order).error().code, "InvalidParameterException");
}

TEST(RequestCertificate, refuses_more_names_than_are_set) {
  World world({.names_per_certificate = 2});
  auto order = world.order("a.corp");
  order.subject_alternative_names = {"b.corp", "c.corp"};
  EXPECT_EQ(world.request(order).error().code, "LimitExceededException");
}

TEST(RequestCertificate, one_token_asks_for_one_certificate_for_an_hour) {
  World world;
  auto order = world.order("app.corp.internal");
  order.idempotency_token = "deploy42";
  const auto first = world.request(order)->certificate_arn;
  world.clock.advance(59min);
  EXPECT_EQ(world.request(order)->certificate_arn, first);
  auto other = world.order("db.corp.internal");
  other.idempotency_token = "deploy42";
  EXPECT_EQ(world.request(other)->certificate_arn, first);
  world.clock.advance(1min);
  EXPECT_NE(world.request(order)->certificate_arn, first);
}

TEST(RequestCertificate, a_token_counts_in_its_account_and_region_only) {
  World world;
  auto order = world.order("app.corp.internal");
  order.idempotency_token = "deploy42";
  const auto first = world.request(order)->certificate_arn;
  world.call.region = "eu-west-1";
  const auto second = world.request(order)->certificate_arn;
  EXPECT_NE(first, second);
  EXPECT_NE(second.find(":eu-west-1:"), std::string::npos);
}

TEST(RequestCertificate, a_token_of_a_deleted_certificate_asks_anew) {
  World world;
  auto order = world.order("app.corp.internal");
  order.idempotency_token = "deploy42";
  const auto first = world.request(order)->certificate_arn;
  ASSERT_TRUE(DeleteCertificate{*world.database}({first}, world.call));
  EXPECT_NE(world.request(order)->certificate_arn, first);
}

TEST(RequestCertificate, tells_policies_what_is_asked_for) {
  World world;
  auto order = world.order("app.corp.internal");
  order.subject_alternative_names = {"db.corp.internal"};
  order.tags = {{"team", "web"}};
  const RequestCertificate operation{*world.database, world.clock,      world.random,
                                     world.issuer,    world.authorizer, world.settings};
  const auto access = operation.access(order, world.call);
  const auto values = [&](std::string_view key) {
    const auto found =
        std::ranges::find(access.context, key, &std::pair<std::string, Texts>::first);
    return found == access.context.end() ? Texts{} : found->second;
  };
  EXPECT_EQ(access.resources, Texts{"arn:aws:acm:us-east-1:111122223333:certificate/*"});
  EXPECT_EQ(values("acm:DomainNames"), (Texts{"app.corp.internal", "db.corp.internal"}));
  EXPECT_EQ(values("acm:KeyAlgorithm"), Texts{"EC_prime256v1"});
  EXPECT_EQ(values("acm:CertificateAuthority"), Texts{std::string(World::ca_arn)});
  EXPECT_EQ(values("aws:RequestTag/team"), Texts{"web"});
  EXPECT_EQ(values("aws:TagKeys"), Texts{"team"});
}

// --- the job acm.issue

TEST(FirstIssuance, a_ca_that_refuses_makes_the_certificate_failed) {
  for (const auto reason :
       {FailureReason::PcaInvalidState, FailureReason::PcaInvalidArn, FailureReason::PcaInvalidArgs,
        FailureReason::PcaInvalidDuration, FailureReason::PcaAccessDenied,
        FailureReason::PcaResourceNotFound, FailureReason::PcaLimitExceeded,
        FailureReason::PcaNameConstraintsValidation, FailureReason::Other}) {
    World world;
    world.issuer.refuse(reason);
    const auto arn = world.issued();
    EXPECT_EQ(world.describe(arn).status, CertificateStatus::Failed);
    EXPECT_EQ(world.describe(arn).failure_reason, reason);
    EXPECT_EQ(world.promised(kIssueJob), 0U);
    EXPECT_TRUE(world.was_logged("certificate.issuance_failed"));
  }
}

TEST(FirstIssuance, a_key_of_the_other_family_makes_it_failed) {
  World world({}, crypto::KeyAlgorithm::Rsa2048);
  const auto arn = world.issued();
  EXPECT_EQ(world.describe(arn).failure_reason, FailureReason::PcaInvalidArgs);
}

TEST(FirstIssuance, what_may_pass_is_tried_again) {
  World world;
  world.issuer.refuse(FailureReason::PcaRequestFailed);
  const auto arn = world.issued();
  EXPECT_EQ(world.describe(arn).status, CertificateStatus::PendingValidation);
  world.issuer.accept();
  world.run_until(world.clock.now() + 1min);
  EXPECT_EQ(world.describe(arn).status, CertificateStatus::Issued);
}

TEST(FirstIssuance, what_does_not_pass_for_three_days_fails) {
  World world({.issuance_interval = std::chrono::minutes{60}});
  world.issuer.refuse(FailureReason::PcaRequestFailed);
  const auto arn = world.issued();
  world.run_until(world.clock.now() + 71h);
  EXPECT_EQ(world.describe(arn).status, CertificateStatus::PendingValidation);
  world.run_until(world.clock.now() + 2h);
  EXPECT_EQ(world.describe(arn).status, CertificateStatus::Failed);
  EXPECT_EQ(world.describe(arn).failure_reason, FailureReason::PcaRequestFailed);
}

TEST(FirstIssuance, a_certificate_is_stored_with_its_leaf_or_not_at_all) {
  World world;
  world.issuer.cannot_store = true;
  const auto arn = world.issued();
  EXPECT_EQ(world.describe(arn).status, CertificateStatus::PendingValidation);
  EXPECT_FALSE(*world.material(arn));
  world.issuer.cannot_store = false;
  world.run_until(world.clock.now() + 1min);  // the runner comes back
  EXPECT_EQ(world.describe(arn).status, CertificateStatus::Issued);
  const auto logged = world.database->read(
      [](sql::Snapshot& view) { return testing::TestIssuer::logged_serials(view); });
  EXPECT_EQ(*logged, Texts{*world.describe(arn).serial});
}

TEST(FirstIssuance, what_was_deleted_meanwhile_is_not_brought_back) {
  World world;
  const auto arn = world.request(world.order("app.corp.internal"))->certificate_arn;
  world.issuer.before_store = [&] {
    ASSERT_TRUE(DeleteCertificate{*world.database}({arn}, world.call));
  };
  world.run_jobs();
  EXPECT_FALSE(*world.material(arn));
  const auto logged = world.database->read(
      [](sql::Snapshot& view) { return testing::TestIssuer::logged_serials(view); });
  EXPECT_TRUE(logged->empty());
}

// --- DescribeCertificate

TEST(DescribeCertificate, shows_every_field_of_an_issued_certificate) {
  World world;
  auto order = world.order("app.corp.internal");
  order.subject_alternative_names = {"*.app.corp.internal"};
  const auto requested = world.clock.now();
  const auto arn = world.request(order)->certificate_arn;
  world.clock.advance(2s);
  world.run_jobs();
  const auto detail = world.describe(arn);
  EXPECT_EQ(detail.certificate_arn, arn);
  EXPECT_EQ(detail.domain_name, "app.corp.internal");
  EXPECT_EQ(detail.subject_alternative_names, (Texts{"app.corp.internal", "*.app.corp.internal"}));
  EXPECT_EQ(detail.issuer, "Example Corp");
  EXPECT_EQ(detail.created_at, requested);
  EXPECT_EQ(detail.issued_at, requested + 2s);
  EXPECT_EQ(detail.not_before, requested + 2s - 1h);
  EXPECT_EQ(detail.not_after, validity_from(requested + 2s, {}).not_after);
  EXPECT_EQ(detail.key_algorithm, "EC-prime256v1");
  EXPECT_EQ(detail.signature_algorithm, "SHA256WITHECDSA");
  EXPECT_TRUE(detail.in_use_by.empty());
  EXPECT_EQ(detail.certificate_authority_arn, World::ca_arn);
  EXPECT_EQ(detail.renewal_eligibility, RenewalEligibility::Ineligible);
  EXPECT_FALSE(detail.renewal_summary);
  EXPECT_FALSE(detail.failure_reason);
  EXPECT_EQ(detail.options.transparency, Switch::Disabled);
  EXPECT_EQ(detail.options.export_option, Switch::Disabled);
  ASSERT_EQ(detail.key_usages.size(), 2U);
  EXPECT_EQ(detail.key_usages[0].name, KeyUsageName::DigitalSignature);
  EXPECT_EQ(detail.key_usages[1].name, KeyUsageName::KeyEncipherment);
  ASSERT_EQ(detail.extended_key_usages.size(), 2U);
  EXPECT_EQ(detail.extended_key_usages[0].oid, "1.3.6.1.5.5.7.3.1");
}

TEST(DescribeCertificate, shows_an_ended_certificate_as_expired) {
  World world;
  const auto arn = world.issued();
  world.run_until(*world.describe(arn).not_after - 1ms);
  EXPECT_EQ(world.describe(arn).status, CertificateStatus::Issued);
  world.run_until(*world.describe(arn).not_after);
  EXPECT_EQ(world.describe(arn).status, CertificateStatus::Expired);
}

TEST(DescribeCertificate, finds_only_what_belongs_to_the_account_and_region) {
  World world;
  const auto arn = world.issued();
  const DescribeCertificate describe{*world.database, world.clock};
  EXPECT_EQ(describe({std::string(kUnknown)}, world.call).error().message,
            "Could not find certificate " + std::string(kUnknown) + " in account 111122223333.");
  auto elsewhere = world.call;
  elsewhere.region = "eu-west-1";
  EXPECT_EQ(describe({arn}, elsewhere).error().code, "ResourceNotFoundException");
  auto stranger = world.call;
  stranger.caller.account = "444455556666";
  EXPECT_EQ(describe({arn}, stranger).error().code, "ResourceNotFoundException");
  EXPECT_EQ(describe({"arn:aws:acm:us-east-1:111122223333:other/x"}, world.call).error().code,
            "InvalidArnException");
}

TEST(DescribeCertificate, lets_policies_look_at_the_tags) {
  World world;
  auto order = world.order("app.corp.internal");
  order.tags = {{"team", "web"}};
  const auto arn = world.request(order)->certificate_arn;
  const auto access = DescribeCertificate{*world.database, world.clock}.access({arn}, world.call);
  EXPECT_EQ(access.resources, Texts{arn});
  EXPECT_EQ(*access.resource_tags(), (aws::Tags{{"team", "web"}}));
}

// --- GetCertificate

TEST(GetCertificate, gives_the_certificate_and_the_chain_as_pem) {
  World world;
  const auto arn = world.issued();
  const auto answer = GetCertificate{*world.database}({arn}, world.call);
  ASSERT_TRUE(answer);
  const auto certificate = x509::Certificate::parse_pem(answer->certificate);
  ASSERT_TRUE(certificate);
  EXPECT_EQ(certificate->serial().hex(), world.describe(arn).serial);
  EXPECT_EQ(answer->certificate_chain, world.issuer.root().pem());
  EXPECT_TRUE(answer->certificate.ends_with("-----END CERTIFICATE-----\n"));
}

TEST(GetCertificate, has_nothing_to_give_before_the_issuance_or_after_its_failure) {
  World world;
  const auto arn = world.request(world.order("app.corp.internal"))->certificate_arn;
  const GetCertificate get{*world.database};
  EXPECT_EQ(get({arn}, world.call).error().code, "RequestInProgressException");
  world.issuer.refuse(FailureReason::PcaInvalidState);
  world.run_jobs();
  EXPECT_EQ(get({arn}, world.call).error().code, "ValidationException");
  EXPECT_EQ(get({std::string(kUnknown)}, world.call).error().code, "ResourceNotFoundException");
}

}  // namespace
}  // namespace everseal::acm
