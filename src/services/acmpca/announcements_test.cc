#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "services/acmpca/operations/create_certificate_authority.h"
#include "services/acmpca/operations/create_certificate_authority_audit_report.h"
#include "services/acmpca/operations/issue_certificate.h"
#include "services/acmpca/operations/revoke_certificate.h"
#include "services/acmpca/operations/start_bulk_revocation.h"
#include "services/acmpca/operations/update_certificate_authority.h"
#include "services/acmpca/testing/test_ca.h"

namespace everseal::acmpca {
namespace {

struct World : testing::TestCa {
  AuthorityArn ca = active_root();

  std::vector<Announcement> of_type(std::string_view detail_type) {
    std::vector<Announcement> found;
    std::ranges::copy_if(announcements.made, std::back_inserter(found), [&](const auto& made) {
      return made.detail_type == "ACM Private CA " + std::string(detail_type);
    });
    return found;
  }
  x509::Certificate leaf() {
    return issue(
        order(ca, testing::csr_for("app.internal"), "EndEntityCertificate", testing::days(365)));
  }
  bool publish_crls() {
    const CrlConfiguration crl{.enabled = true, .expiration_in_days = 7, .s3_bucket_name = "crls"};
    return run<UpdateCertificateAuthority>(
               {ca, RevocationConfiguration{.crl_configuration = crl}, std::nullopt})
        .has_value();
  }
  std::string name_of(const x509::Certificate& certificate) {
    return certificate_arn(ca, certificate.serial().octets());
  }
};

TEST(Announcements, tell_of_a_ca_and_of_each_certificate) {
  World world;
  const auto created = world.of_type("Creation");
  ASSERT_EQ(created.size(), 1U);
  EXPECT_EQ(created[0].account, "111122223333");
  EXPECT_EQ(created[0].region, "us-east-1");
  EXPECT_EQ(created[0].resources, std::vector{world.ca.text()});
  EXPECT_TRUE(created[0].failure.empty());
  const auto leaf = world.leaf();
  const auto issued = world.of_type("Certificate Issuance");
  ASSERT_EQ(issued.size(), 2U) << "the CA's own, and the leaf";
  EXPECT_EQ(issued[1].resources, (std::vector{world.ca.text(), world.name_of(leaf)}));
}

TEST(Announcements, measure_each_attempt_at_a_certificate_of_a_ca_that_is_there) {
  World world;
  world.leaf();
  auto request = world.order(world.ca, testing::csr_for("app.internal"), "EndEntityCertificate",
                             testing::days(36500));
  ASSERT_FALSE(world.run<IssueCertificate>(request));
  const std::vector<bool> all{true, true, false};
  EXPECT_EQ(world.announcements.succeeded, all) << "the CA's own, the leaf, and one too long";
  request.certificate_authority_arn = *AuthorityArn::parse(
      std::string(world.ca.text()).replace(world.ca.text().size() - 4, 4, "0000"));
  ASSERT_FALSE(world.run<IssueCertificate>(request));
  EXPECT_EQ(world.announcements.succeeded, all);
}

TEST(Announcements, tell_nothing_of_what_the_answer_says_has_failed) {
  World world;
  const auto before = world.announcements.made.size();
  ASSERT_FALSE(world.run<IssueCertificate>(world.order(
      world.ca, testing::csr_for("app.internal"), "EndEntityCertificate", testing::days(36500))));
  const CrlConfiguration crl{.enabled = true, .expiration_in_days = 7, .s3_bucket_name = "crls"};
  world.bucket.refuses = "it is read-only";
  const CreateCertificateAuthority::Request creation{
      .certificate_authority_configuration = world.stored(world.ca).configuration,
      .revocation_configuration = RevocationConfiguration{.crl_configuration = crl},
      .certificate_authority_type = CaType::Root};
  ASSERT_FALSE(world.run<CreateCertificateAuthority>(creation));
  EXPECT_EQ(world.announcements.made.size(), before);
}

TEST(Announcements, tell_of_a_revocation_once) {
  World world;
  const auto leaf = world.leaf();
  const RevokeCertificate::Request request{world.ca, leaf.serial().hex(),
                                           RevocationReason::KeyCompromise};
  ASSERT_TRUE(world.run<RevokeCertificate>(request));
  ASSERT_FALSE(world.run<RevokeCertificate>(request));
  const auto revoked = world.of_type("Certificate Revocation");
  ASSERT_EQ(revoked.size(), 1U);
  EXPECT_EQ(revoked[0].resources, (std::vector{world.ca.text(), world.name_of(leaf)}));
}

TEST(Announcements, tell_of_each_certificate_that_is_revoked_with_all_others) {
  World world;
  world.leaf();
  world.leaf();
  ASSERT_TRUE(
      world.run<StartBulkRevocation>({world.ca, RevocationReason::CertificateAuthorityCompromise}));
  world.run_jobs_until(world.clock.now());
  EXPECT_EQ(world.of_type("Certificate Revocation").size(), 2U);
}

TEST(Announcements, tell_of_crls_and_why_there_is_none) {
  World world;
  ASSERT_TRUE(world.publish_crls());
  world.run_jobs_until(world.clock.now());
  const auto made = world.of_type("CRL Generation");
  ASSERT_EQ(made.size(), 1U);
  EXPECT_EQ(made[0].resources, std::vector{world.ca.text()});
  EXPECT_TRUE(made[0].failure.empty());
  world.bucket.refuses = "it is read-only";
  world.run_jobs_until(world.clock.now() + std::chrono::days{4});
  const auto all = world.of_type("CRL Generation");
  ASSERT_GT(all.size(), 1U);
  EXPECT_EQ(all.back().failure, "Failed to write CRL to S3. Check your S3 bucket permissions.");
}

TEST(Announcements, tell_what_failed_within_when_there_is_no_crl) {
  World world;
  ASSERT_TRUE(world.publish_crls());
  const std::vector leaves{world.leaf(), world.leaf()};
  world.run_jobs_until(world.clock.now());
  const auto after_revoking = [&](const x509::Certificate& leaf) {
    EXPECT_TRUE(world.run<RevokeCertificate>(
        {world.ca, leaf.serial().hex(), RevocationReason::KeyCompromise}));
    world.run_jobs_until(world.clock.now());
    return world.of_type("CRL Generation").back().failure;
  };
  world.bucket.disk_fault = Fault::unavailable("no space");
  EXPECT_EQ(after_revoking(leaves[0]), "Failed to write CRL to S3. Internal failure.");
  world.bucket.disk_fault.reset();
  ASSERT_TRUE(world.database->write(
      [](sql::Transaction& tx) { return tx.script("UPDATE acmpca_crl_run SET entries = x'00'"); }));
  EXPECT_EQ(after_revoking(leaves[1]), "Failed to generate CRL. Internal failure.");
}

TEST(Announcements, tell_of_an_audit_report_and_why_there_is_none) {
  World world;
  const auto report = [&] {
    const auto answer = world.run<CreateCertificateAuthorityAuditReport>(
        {world.ca, "reports", AuditReportFormat::Json});
    return answer ? answer->audit_report_id : "(none)";
  };
  const auto made = report();
  world.run_jobs_until(world.clock.now() + std::chrono::hours{1});  // until another may be made
  world.bucket.disk_fault = Fault::unavailable("no space");
  const auto failed = report();
  world.run_jobs_until(world.clock.now() + std::chrono::minutes{30});
  const auto all = world.of_type("Audit Report Generation");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].resources, (std::vector{world.ca.text(), made}));
  EXPECT_EQ(all[0].failure, "");
  EXPECT_EQ(all[1].resources, (std::vector{world.ca.text(), failed}));
  EXPECT_NE(all[1].failure, "");
}

TEST(Announcements, are_stored_with_the_change_or_the_change_is_not) {
  World world;
  world.announcements.cannot_store = true;
  const auto answer = world.run<IssueCertificate>(world.order(
      world.ca, testing::csr_for("app.internal"), "EndEntityCertificate", testing::days(365)));
  EXPECT_FALSE(answer);
  const auto& database = world.database;
  const auto count = database->read(
      [](sql::Snapshot& view) { return view.one("SELECT count(*) FROM acmpca_certificate"); });
  EXPECT_EQ((*count)->integer(0), 1) << "only the CA's own";
}

}  // namespace
}  // namespace everseal::acmpca
