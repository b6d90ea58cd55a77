#include "configuration.h"

#include <gtest/gtest.h>

#include <fstream>

#include "temporary_folder/temporary_folder.h"

namespace everseal::app {
namespace {

Result<Configuration> read(std::string_view toml) {
  const TemporaryFolder folder;
  const auto file = folder / "everseal.toml";
  std::ofstream(file) << toml;
  return read_configuration(file);
}

std::string refusal(std::string_view toml) {
  const auto outcome = read(toml);
  if (outcome) return "it was read";
  const auto& cause = outcome.error().cause;
  return cause.substr(cause.find(", ") + 2);
}

TEST(Configuration, has_each_key_where_it_belongs) {
  const auto read_back = read(R"(
listen = "[::1]:4999"
log_level = "warning"
console = false
job_threads = 3
[limits]
connections = 101
header_bytes = 2048
header_seconds = 11
body_seconds = 12
idle_seconds = 13
workers = 14
queued_requests = 15
[keys]
rsa_2048_ready = 21
rsa_3072_ready = 22
rsa_4096_ready = 23
[renewal]
days_before_expiry = 31
attempt_minutes = 32
validity_months = 33
[log]
checkpoint_seconds = 34
[s3]
host_name = "s3.pki.example"
[publication]
listen = "0.0.0.0:80"
pem = false
deltas = true
partition_certificates = 35
watch_minutes = 16
[private_ca]
end_notice_days = [400, 17]
[functions]
network = true
concurrent = 36
idle_minutes = 37
bubblewrap = "/opt/bwrap"
python = "/opt/python"
node = "/opt/node"
[destinations]
loopback = true
ca_file = "/etc/corp.pem"
[load_balancers]
addresses = "192.0.2.10, 10.1.0.0/24"
loopback_targets = true
haproxy = "/opt/haproxy"
user = "edge"
folder = "/run/edge"
connections = 45
refuse_by_outdated_lists = true
log_minutes = 46
[trust_stores]
most = 41
ca_certificates = 42
revocation_lists = 43
revoked_entries = 44
foreign_crls = true
leading_slash = true
)");
  ASSERT_TRUE(read_back);
  const auto& [listen, log_level, console, limits, keys, renewal, log, s3, publication, private_ca,
               functions, destinations, load_balancers, trust_stores, job_threads] = *read_back;
  EXPECT_EQ(load_balancers.addresses, "192.0.2.10, 10.1.0.0/24");
  EXPECT_TRUE(load_balancers.loopback_targets);
  EXPECT_EQ(load_balancers.haproxy, "/opt/haproxy");
  EXPECT_EQ(load_balancers.user, "edge");
  EXPECT_EQ(load_balancers.folder, "/run/edge");
  EXPECT_EQ(load_balancers.connections, 45);
  EXPECT_TRUE(load_balancers.refuse_by_outdated_lists);
  EXPECT_EQ(load_balancers.log_minutes, 46);
  EXPECT_EQ(private_ca.end_notice_days, (std::vector<std::int64_t>{400, 17}));
  EXPECT_TRUE(functions.network);
  EXPECT_EQ(functions.concurrent, 36);
  EXPECT_EQ(functions.idle_minutes, 37);
  EXPECT_EQ(functions.bubblewrap, "/opt/bwrap");
  EXPECT_EQ(functions.python, "/opt/python");
  EXPECT_EQ(functions.node, "/opt/node");
  EXPECT_TRUE(destinations.loopback);
  EXPECT_EQ(destinations.ca_file, "/etc/corp.pem");
  EXPECT_EQ(trust_stores.most, 41);
  EXPECT_EQ(trust_stores.ca_certificates, 42);
  EXPECT_EQ(trust_stores.revocation_lists, 43);
  EXPECT_EQ(trust_stores.revoked_entries, 44);
  EXPECT_TRUE(trust_stores.foreign_crls);
  EXPECT_TRUE(trust_stores.leading_slash);
  EXPECT_EQ(listen, "[::1]:4999");
  EXPECT_EQ(log_level, "warning");
  EXPECT_FALSE(console);
  EXPECT_EQ(job_threads, 3);
  EXPECT_EQ(log.checkpoint_seconds, 34);
  EXPECT_EQ(s3.host_name, "s3.pki.example");
  EXPECT_EQ(publication.listen, "0.0.0.0:80");
  EXPECT_FALSE(publication.pem);
  EXPECT_TRUE(publication.deltas);
  EXPECT_EQ(publication.partition_certificates, 35);
  EXPECT_EQ(publication.watch_minutes, 16);
  EXPECT_EQ(limits.connections, 101);
  EXPECT_EQ(limits.header_bytes, 2048);
  EXPECT_EQ(limits.header_seconds, 11);
  EXPECT_EQ(limits.body_seconds, 12);
  EXPECT_EQ(limits.idle_seconds, 13);
  EXPECT_EQ(limits.workers, 14);
  EXPECT_EQ(limits.queued_requests, 15);
  EXPECT_EQ(keys.rsa_2048_ready, 21);
  EXPECT_EQ(keys.rsa_3072_ready, 22);
  EXPECT_EQ(keys.rsa_4096_ready, 23);
  EXPECT_EQ(renewal.days_before_expiry, 31);
  EXPECT_EQ(renewal.attempt_minutes, 32);
  EXPECT_EQ(renewal.validity_months, 33);
}

TEST(Configuration, has_a_section_for_each_bucket_that_lies_outside_too) {
  const auto read_back = read(R"([s3.outside.crls]
endpoint = "https://s3.corp.example"
region = "eu-central-1"
credentials_file = "/etc/outside"
[s3.outside.reports]
endpoint = "http://127.0.0.1:9000/base"
region = "us-east-1"
bucket = "audit"
credentials_file = "/etc/outside"
ca_file = "/etc/corp.pem"
)");
  ASSERT_TRUE(read_back);
  const auto& all = read_back->s3.outside;
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].name + " as " + all[0].bucket, "crls as crls");
  EXPECT_EQ(all[0].endpoint, "https://s3.corp.example");
  EXPECT_EQ(all[0].region, "eu-central-1");
  EXPECT_EQ(all[0].credentials_file, "/etc/outside");
  EXPECT_EQ(all[0].ca_file, "");
  EXPECT_EQ(all[1].name + " as " + all[1].bucket, "reports as audit");
  EXPECT_EQ(all[1].ca_file, "/etc/corp.pem");
  EXPECT_EQ(refusal("[s3.outside.crls]\nsecret = \"x\""),
            "line 2: unknown key 's3.outside.crls.secret'");
  EXPECT_EQ(refusal("[s3.outside.crls]\nendpoint = \"ftp://x\""),
            "line 1: 'endpoint' must be like \"https://s3.corp.example\"");
  EXPECT_EQ(refusal("[s3.outside.crls]\nendpoint = \"https://x\""),
            "line 1: 'region' and 'credentials_file' must be there");
  EXPECT_EQ(refusal("[s3.outside]\ncrls = 1"), "line 2: [s3.outside] has a section a bucket");
}

TEST(Configuration, names_the_line_of_what_is_wrong) {
  EXPECT_EQ(refusal("\nlog_level = \"chatty\""),
            "line 2: 'log_level' must be \"debug\", \"info\", \"warning\" or \"error\"");
  EXPECT_EQ(refusal("listen = \"4566\""),
            "line 1: 'listen' must be like \"127.0.0.1:4566\" or \"[::1]:4566\"");
  EXPECT_EQ(refusal("listen = 4566"),
            "line 1: 'listen' must be like \"127.0.0.1:4566\" or \"[::1]:4566\"");
  EXPECT_EQ(refusal("[limits]\nworkers = 1025"),
            "line 2: 'limits.workers' must be a whole number from 0 to 1024");
  EXPECT_EQ(refusal("[limits]\nworkers = 1.5"),
            "line 2: 'limits.workers' must be a whole number from 0 to 1024");
  for (const auto* wrong : {"365", "[0]", "[1.5]", "[3651]", "[1, \"2\"]",
                            "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21]"}) {
    EXPECT_EQ(
        refusal("[private_ca]\nend_notice_days = " + std::string(wrong)),
        "line 2: 'private_ca.end_notice_days' must be a list of at most 20 whole numbers from "
        "1 to 3650")
        << wrong;
  }
  EXPECT_EQ(refusal("[limit]\nworkers = 1"), "line 1: unknown section [limit]");
  EXPECT_EQ(refusal("[limits]\nworker = 1"), "line 2: unknown key 'limits.worker'");
}

}  // namespace
}  // namespace everseal::app
