#include "services/s3/outside_deliveries.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "http/test_server.h"
#include "jobs/migrations.h"
#include "services/s3/bucket_store.h"
#include "services/s3/memory_storage.h"
#include "services/s3/migrations.h"
#include "sql/sqlite/open.h"
#include "temporary_folder/temporary_folder.h"

namespace everseal::s3 {
namespace {

using namespace std::chrono_literals;

class CredentialsFile {
 public:
  CredentialsFile() {
    std::ofstream(path_) << "[default]\naws_access_key_id = a\naws_secret_access_key = s\n";
    std::filesystem::permissions(path_, std::filesystem::perms{0600});
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  const TemporaryFolder folder_;
  const std::filesystem::path path_ = folder_ / "credentials";
};

// The buckets "crls" and "reports", of which the objects lie with a service that answers as the
// test says. Nothing is stored, so that each delivery is a DELETE.
class OutsideDeliveriesTest : public testing::Test {
 protected:
  OutsideDeliveriesTest() {
    if (!sql::migrate(*database, {jobs::migrations(), migrations()}))
      throw std::runtime_error("migrate");
    outside.handler.on_respond = [this](const http::Request& request) {
      asked.push_back(request.head.target);
      return http::Response{.status = status};
    };
    outside.start();
    deliveries.emplace(std::vector{bucket("crls"), bucket("reports")}, *database, files, clock,
                       clock, log);
    runner.handle(
        std::string(OutsideDeliveries::job_kind),
        [this](const jobs::Execution& job) { return deliveries->deliver(job); },
        OutsideDeliveries::job_options);
  }

  OutsideBucket bucket(const std::string& name) const {
    return {.name = name,
            .endpoint = "http://127.0.0.1:" + std::to_string(outside.port()),
            .region = "eu-west-1",
            .bucket = name,
            .credentials_file = credentials.path(),
            .ca_file = {}};
  }
  void promise(const std::string& key) const {
    const auto added = database->write([&](sql::Transaction& tx) {
      return jobs::add(tx, {.kind = std::string(OutsideDeliveries::job_kind),
                            .key = key,
                            .due = clock.now(),
                            .payload = {}});
    });
    if (!added) throw std::runtime_error(added.error().cause);
  }
  void run_for(std::chrono::milliseconds time) {
    const auto done = runner.run_until(clock.now() + time, [this](TimePoint now) -> Outcome {
      clock.set(now);
      return {};
    });
    if (!done) throw std::runtime_error(done.error().cause);
  }
  std::size_t asked_in(std::chrono::milliseconds time) {
    const auto before = asked.size();
    run_for(time);
    return asked.size() - before;
  }
  std::ptrdiff_t warnings(const std::string& event) const {
    return std::ranges::count_if(
        lines, [&](const std::string& line) { return line.find('"' + event + '"') != line.npos; });
  }

  ManualClock clock{TimePoint(std::chrono::days(20'000))};
  CountingRandom random;
  std::vector<std::string> lines;  // warnings
  Log log{clock, LogLevel::Warning, [this](std::string_view line) { lines.emplace_back(line); }};
  std::unique_ptr<sql::Database> database = *sql::sqlite::open_in_memory({}, log);
  MemoryStorage storage;
  ObjectFiles files{storage, random, log};
  CredentialsFile credentials;
  int status = 503;
  std::vector<std::string> asked;
  http::TestServer outside;
  std::optional<OutsideDeliveries> deliveries;
  jobs::Runner runner{*database, clock, log};
};

TEST_F(OutsideDeliveriesTest, cost_one_try_a_pause_while_the_service_is_in_trouble) {
  for (const auto* key : {"crls/a", "crls/b", "crls/c"}) promise(key);
  EXPECT_EQ(asked_in(0s), 1U);
  EXPECT_EQ(asked_in(59s), 0U);
  EXPECT_EQ(asked_in(1min), 1U);
  EXPECT_EQ(asked_in(1min + 59s), 1U) << "after two minutes";
  EXPECT_EQ(asked_in(1h), 8U) << "after four, and then each eight";
  EXPECT_EQ(warnings("s3.outside.unavailable"), 1);
  EXPECT_EQ(lines.size(), 1U);
  status = 204;
  asked.clear();
  run_for(8min + 1min);
  std::ranges::sort(asked);
  EXPECT_EQ(asked, (std::vector<std::string>{"/crls/a", "/crls/b", "/crls/c"}));
  EXPECT_EQ(warnings("s3.outside.available_again"), 1);
  EXPECT_EQ(lines.size(), 2U);
}

TEST_F(OutsideDeliveriesTest, go_on_to_other_buckets_meanwhile) {
  promise("crls/a");
  run_for(1s);
  status = 204;
  promise("crls/b");
  promise("reports/a");
  asked.clear();
  run_for(10s);
  EXPECT_EQ(asked, std::vector<std::string>{"/reports/a"});
}

TEST_F(OutsideDeliveriesTest, try_others_first_after_one_that_failed) {
  promise("crls/a");
  promise("crls/b");
  run_for(1s);
  asked.clear();
  run_for(1min);
  EXPECT_EQ(asked, std::vector<std::string>{"/crls/b"});
}

TEST_F(OutsideDeliveriesTest, are_tried_and_warned_of_one_by_one_if_they_are_refused) {
  status = 403;
  promise("crls/a");
  promise("crls/b");
  EXPECT_EQ(asked_in(1s), 2U);
  EXPECT_EQ(warnings("job.failed"), 2);
  EXPECT_EQ(lines.size(), 2U);
}

}  // namespace
}  // namespace everseal::s3
