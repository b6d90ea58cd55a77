#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "aws/protocol/json.h"
#include "services/acmpca/audit/reporter.h"
#include "services/acmpca/operations/create_certificate_authority_audit_report.h"
#include "services/acmpca/operations/describe_certificate_authority_audit_report.h"
#include "services/acmpca/operations/revoke_certificate.h"
#include "services/acmpca/operations/update_certificate_authority.h"
#include "services/acmpca/testing/test_ca.h"
#include "x509/name.h"
#include "x509/oids.h"

namespace everseal::acmpca::audit {
namespace {

using namespace std::chrono_literals;
using testing::csr_for;
using testing::TestCa;
using Create = CreateCertificateAuthorityAuditReport;
using Describe = DescribeCertificateAuthorityAuditReport;
using Entry = std::map<std::string, std::string>;

struct World : TestCa {
  explicit World(Settings chosen = {}) : TestCa(chosen) {}
  AuthorityArn ca = active_root();

  auto ask(AuditReportFormat format = AuditReportFormat::Json) {
    return run<Create>({ca, "reports", format});
  }
  std::string refusal() {
    const auto answer = ask();
    return answer ? "none" : std::string(answer.error().code);
  }
  AuditReportStatus status(const std::string& id) {
    return run<Describe>({ca, id}).value().audit_report_status;
  }
  void now() { run_jobs_until(clock.now()); }

  // The octets of a report that was just asked for.
  std::string report(AuditReportFormat format = AuditReportFormat::Json) {
    const auto answer = ask(format);
    if (!answer) throw std::runtime_error(answer.error().message);
    now();
    EXPECT_EQ(status(answer->audit_report_id), AuditReportStatus::Success);
    return std::string(as_text(bucket.find("reports/" + answer->s3_key).value().content));
  }
  // Its entries by serial number.
  std::map<std::string, Entry> entries() {
    std::map<std::string, Entry> found;
    const auto document = aws::protocol::parse_json(report());
    for (const auto& object : *document->as<aws::Document::List>()) {
      Entry entry;
      for (const auto& [name, value] : *object.as<aws::Document::Members>())
        entry[name] = *value.as<std::string>();
      found[entry["serial"]] = entry;
    }
    return found;
  }
  x509::Certificate leaf(std::string_view csr) {
    return issue(order(ca, csr, "EndEntityCertificate", testing::days(365)));
  }
};

TEST(AuditReports, say_of_each_certificate_what_became_of_it) {
  World world;
  const auto root = *x509::Certificate::parse(world.stored(world.ca).installed->der);
  const auto name = x509::NameBuilder()
                        .add(x509::oids::kCountry, "US")
                        .add(x509::oids::kOrganization, "Example \"Corp\", Ltd")
                        .add(x509::oids::kCommonName, "app.corp.internal")
                        .build();
  const auto good = world.leaf(csr_for("good.internal"));
  const auto bad = world.leaf(csr_for(testing::leaf_key(), *name));
  world.clock.advance(1h);
  ASSERT_TRUE(world.run<RevokeCertificate>(
      {world.ca, bad.serial().hex(), RevocationReason::KeyCompromise}));
  auto entries = world.entries();
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[root.serial().hex()]["templateArn"],
            "arn:aws:acm-pca:::template/RootCACertificate/V1");
  EXPECT_FALSE(entries[good.serial().hex()].contains("revokedAt"));
  EXPECT_FALSE(entries[good.serial().hex()].contains("revocationReason"));
  EXPECT_EQ(entries[bad.serial().hex()],
            (Entry{{"awsAccountId", "111122223333"},
                   {"certificateArn", world.ca.text() + "/certificate/" + bad.serial().plain_hex()},
                   {"serial", bad.serial().hex()},
                   {"subject", R"(CN=app.corp.internal,O=Example \"Corp\"\, Ltd,C=US)"},
                   {"notBefore", "2025-03-01T11:00:00+0000"},
                   {"notAfter", "2026-03-01T12:00:00+0000"},
                   {"issuedAt", "2025-03-01T12:00:00+0000"},
                   {"revokedAt", "2025-03-01T13:00:00+0000"},
                   {"revocationReason", "KEY_COMPROMISE"},
                   {"templateArn", "arn:aws:acm-pca:::template/EndEntityCertificate/V1"}}));
}

TEST(AuditReports, are_csv_with_quotes_around_the_subject_only) {
  World world;
  const auto name = *x509::NameBuilder().add(x509::oids::kCommonName, "a \"b\", c").build();
  const auto leaf = world.leaf(csr_for(testing::leaf_key(), name));
  const auto text = world.report(AuditReportFormat::Csv);
  EXPECT_TRUE(text.starts_with(
      "awsAccountId,requestedByServicePrincipal,certificateArn,serial,subject,notBefore,notAfter,"
      "issuedAt,revokedAt,revocationReason,templateArn\n"));
  EXPECT_EQ(std::ranges::count(text, '\n'), 3);
  const auto line =
      "111122223333,," + world.ca.text() + "/certificate/" + leaf.serial().plain_hex() + ',' +
      leaf.serial().hex() +
      R"(,"CN=a \""b\""\, c",2025-03-01T11:00:00+0000,2026-03-01T12:00:00+0000,)" +
      "2025-03-01T12:00:00+0000,,,arn:aws:acm-pca:::template/EndEntityCertificate/V1\n";
  EXPECT_NE(text.find(line), std::string::npos) << text;
}

TEST(AuditReports, name_the_service_that_asked_for_a_certificate) {
  World world;
  const auto leaf = world.leaf(csr_for("app.internal"));
  ASSERT_TRUE(world.database->write([&](sql::Transaction& tx) {
    return tx.run("UPDATE acmpca_certificate SET requested_by = 'acm.amazonaws.com'");
  }));
  auto entry = world.entries()[leaf.serial().hex()];
  EXPECT_EQ(entry["requestedByServicePrincipal"], "acm.amazonaws.com");
  EXPECT_EQ(entry["awsAccountId"], "111122223333");
}

TEST(AuditReports, lie_where_the_answer_says_and_belong_to_the_bucket) {
  World world;
  const auto json = world.ask();
  ASSERT_TRUE(json);
  EXPECT_EQ(json->s3_key,
            "audit-report/" + std::string(world.ca.uuid()) + '/' + json->audit_report_id + ".json");
  EXPECT_EQ(world.status(json->audit_report_id), AuditReportStatus::Creating);
  world.now();
  const auto object = world.bucket.find("reports/" + json->s3_key);
  EXPECT_EQ(object->content_type, "application/json");
  EXPECT_EQ(object->written_for, world.ca.text());
  EXPECT_EQ(object->acl, ObjectAcl::BucketOwnerFullControl);
  const auto described = *world.run<Describe>({world.ca, json->audit_report_id});
  EXPECT_EQ(described.s3_bucket_name, "reports");
  EXPECT_EQ(described.s3_key, json->s3_key);
  EXPECT_EQ(described.created_at, world.clock.now());
}

TEST(AuditReports, have_every_certificate_of_many_once_and_those_of_no_other_ca) {
  World world;
  const auto other = world.active_root("Another Root");
  std::vector<std::string> serials;
  for (std::size_t i = 0; i < audited_at_once + 1; ++i)
    serials.push_back(world.leaf(csr_for("app.internal")).serial().hex());
  world.issue(world.order(other, csr_for("app.internal")));
  const auto entries = world.entries();
  EXPECT_EQ(entries.size(), serials.size() + 1);  // and the root
  for (const auto& serial : serials) EXPECT_TRUE(entries.contains(serial));
}

TEST(AuditReports, come_once_in_half_an_hour) {
  World world;
  world.report();
  EXPECT_EQ(world.refusal(), "RequestInProgressException");
  world.clock.advance(30min - 1ms);
  EXPECT_EQ(world.refusal(), "RequestInProgressException");
  world.clock.advance(1ms);
  EXPECT_EQ(world.refusal(), "none");
}

TEST(AuditReports, are_refused_for_a_bucket_that_cannot_take_them) {
  World world;
  world.bucket.refuses = "the policy does not allow it";
  EXPECT_EQ(world.refusal(), "InvalidArgsException");
  EXPECT_NE(world.ask().error().message.find("the policy does not allow it"), std::string::npos);
  world.bucket.is_missing = true;
  EXPECT_EQ(world.refusal(), "ResourceNotFoundException");
}

TEST(AuditReports, fail_when_the_bucket_has_closed_meanwhile_and_may_then_be_asked_for_again) {
  World world;
  const auto answer = world.ask();
  world.bucket.refuses = "the bucket does not exist";
  world.now();
  EXPECT_EQ(world.status(answer->audit_report_id), AuditReportStatus::Failed);
  EXPECT_TRUE(std::ranges::any_of(world.log_lines, [](const std::string& line) {
    return line.find("audit_report.failed") != std::string::npos &&
           line.find("the bucket does not exist") != std::string::npos;
  }));
  world.bucket.refuses.reset();
  EXPECT_EQ(world.refusal(), "none");
}

TEST(AuditReports, are_tried_again_after_trouble_with_the_disk) {
  World world;
  const auto answer = world.ask();
  world.bucket.disk_fault = Fault::unavailable("no space");
  world.now();
  EXPECT_EQ(world.status(answer->audit_report_id), AuditReportStatus::Creating);
  world.bucket.disk_fault.reset();
  world.run_jobs_until(world.clock.now() + 1min);
  EXPECT_EQ(world.status(answer->audit_report_id), AuditReportStatus::Success);
}

TEST(AuditReports, fail_when_trouble_with_the_disk_lasts) {
  World world;
  const auto answer = world.ask();
  world.bucket.disk_fault = Fault::unavailable("no space");
  world.run_jobs_until(world.clock.now() + 30min);
  EXPECT_EQ(world.status(answer->audit_report_id), AuditReportStatus::Failed);
}

TEST(AuditReports, are_of_an_active_or_disabled_ca) {
  World world;
  ASSERT_TRUE(world.run<UpdateCertificateAuthority>({world.ca, std::nullopt, CaStatus::Disabled}));
  EXPECT_EQ(world.refusal(), "none");
  const auto waiting = world.create(CaType::Root);
  EXPECT_EQ(world.run<Create>({waiting, "reports", AuditReportFormat::Json}).error().code,
            "InvalidStateException");
  world.clock.advance(std::chrono::years{11});
  EXPECT_EQ(world.refusal(), "InvalidStateException");
}

TEST(AuditReports, are_seen_by_their_own_ca_only) {
  World world;
  const auto other = world.active_root("Another Root");
  const auto answer = world.ask();
  EXPECT_EQ(world.run<Describe>({other, answer->audit_report_id}).error().code,
            "ResourceNotFoundException");
}

// Another node has written it while this one did.
TEST(AuditReports, are_written_once) {
  World world;
  const auto answer = world.ask();
  const jobs::Execution job{
      std::string(Reporter::job_kind), answer->audit_report_id, {}, world.clock.now(), 1};
  world.bucket.before_store = [&] { ASSERT_TRUE(world.audit_reporter.make(job)); };
  (void)world.audit_reporter.make(job);
  EXPECT_EQ(world.status(answer->audit_report_id), AuditReportStatus::Success);
}

}  // namespace
}  // namespace everseal::acmpca::audit
