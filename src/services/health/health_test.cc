#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "clock/time_text.h"
#include "jobs/migrations.h"
#include "jobs/runner.h"
#include "log/log.h"
#include "services/health/migrations.h"
#include "services/health/operations/describe_affected_entities.h"
#include "services/health/operations/describe_entity_aggregates.h"
#include "services/health/operations/describe_event_aggregates.h"
#include "services/health/operations/describe_event_details.h"
#include "services/health/operations/describe_event_types.h"
#include "services/health/operations/describe_events.h"
#include "services/health/service.h"
#include "sql/migrations.h"
#include "sql/sqlite/open.h"

namespace everseal::health {
namespace {

using std::chrono::days;

constexpr std::string_view kCertificate =
    "arn:aws:acm:us-east-1:111122223333:certificate/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";

struct Sink final : EventSink {
  std::vector<Event> told;
  Outcome tell(sql::Transaction&, const Event& event) override {
    told.push_back(event);
    return {};
  }
};

struct World {
  ManualClock clock{*parse_iso8601("2026-04-06T06:00:53Z")};
  Log log{clock, LogLevel::Error, [](std::string_view) {}};
  std::unique_ptr<sql::Database> database = *sql::sqlite::open_in_memory({}, log);
  CountingRandom random;
  Sink sink;
  Service service{*database, clock, random, sink};
  jobs::Runner runner{*database, clock, log};
  aws::Call call;

  World() {
    if (!sql::migrate(*database, {jobs::migrations(), health::migrations()})) {
      throw std::logic_error("no tables");
    }
    service.handle_jobs(runner);
    call.caller.account = "111122223333";
    call.region = "us-east-1";
  }

  RenewalNews news(Stage stage, std::string_view certificate = kCertificate) {
    return {.stage = stage,
            .certificate_arn = std::string(certificate),
            .account = "111122223333",
            .region = "us-east-1",
            .domain_name = "app.corp.internal",
            .domains = 2,
            .not_after = *parse_iso8601("2027-05-05T23:59:59Z"),
            .time = clock.now()};
  }
  void report(const RenewalNews& news) {
    const auto done =
        database->write([&](sql::Transaction& tx) { return service.desk().report(tx, news); });
    if (!done) throw std::logic_error(done.error().cause);
  }
  void report(Stage stage) { report(news(stage)); }
  RenewalNews failure(std::string_view reason = "PCA_ACCESS_DENIED") {
    auto failed = news(Stage::NeedsAction);
    failed.reason = reason;
    failed.remedy = "Give acm.amazonaws.com the permission on the CA.";
    return failed;
  }

  DescribeEvents::Response events(const DescribeEvents::Request& request = {}) {
    return *DescribeEvents{*database}(request, call);
  }
  std::string text(std::optional<std::string> locale = {}) {
    const auto arn = events().events.at(0).arn;
    return DescribeEventDetails{*database}({.event_arns = {arn}, .locale = std::move(locale)}, call)
        ->successful_set.at(0)
        .event_description.latest_description;
  }
};

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

TEST(Health, tells_of_a_renewal_as_aws_does) {
  World world;
  world.report(Stage::Completed);
  ASSERT_EQ(world.sink.told.size(), 1U);
  const auto& event = world.sink.told[0];
  const auto uuid = event.arn.substr(event.arn.size() - 36);
  EXPECT_EQ(event.arn,
            "arn:aws:health:us-east-1::event/ACM/AWS_ACM_RENEWAL_STATE_CHANGE/"
            "AWS_ACM_RENEWAL_STATE_CHANGE-" +
                uuid);
  const std::string digits = uuid.substr(0, 8) + uuid.substr(9, 4) + uuid.substr(14, 4);
  const std::string certificate(kCertificate);
  EXPECT_EQ(
      message_of(event),
      R"({"eventArn":")" + event.arn +
          R"(","service":"ACM","eventTypeCode":"AWS_ACM_RENEWAL_STATE_CHANGE",)"
          R"("eventTypeCategory":"scheduledChange","startTime":"Mon, 6 Apr 2026 06:00:53 GMT",)"
          R"("endTime":"Mon, 6 Apr 2026 06:00:53 GMT","eventDescription":[{"language":"en_US",)"
          R"("latestDescription":"AWS Certificate Manager (ACM) has completed the renewal of a )"
          R"(certificate that includes the primary domain app.corp.internal and a total of 2 )"
          R"(domains.\\n\\nAWS account ID: 111122223333\\nAWS Region name: us-east-1\\n)"
          R"(Certificate identifier: )" +
          certificate +
          R"(\\n\\nYour new certificate expires on May 05, 2027 at 23:59:59 UTC.\\n)"
          R"(Wherever the certificate was installed by hand, export it and install it again. )"
          R"(Resources that use it through ACM have it already."}],"affectedEntities":)"
          R"([{"entityValue":")" +
          certificate +
          R"(","status":"RESOLVED","lastUpdatedTime":"Mon, 6 Apr 2026 06:00:53 GMT"}],)"
          R"("eventScopeCode":"ACCOUNT_SPECIFIC","communicationId":")" +
          digits +
          R"(-1","lastUpdatedTime":"Mon, 6 Apr 2026 06:00:53 GMT","statusCode":"closed",)"
          R"("eventRegion":"us-east-1","eventMetadata":{},"actionability":"INFORMATIONAL",)"
          R"("personas":["OPERATIONS"],"page":"1","totalPages":"1","backupEvent":"false",)"
          R"("affectedAccount":"111122223333"})");
}

TEST(Health, updates_one_event_until_the_renewal_succeeds) {
  World world;
  world.report(Stage::EndsSoon);
  world.clock.advance(days{15});
  world.report(Stage::EndsSoon);
  ASSERT_EQ(world.events().events.size(), 1U);
  EXPECT_EQ(world.events().events[0].status_code, EventStatus::Open);
  world.clock.advance(days{1});
  world.report(Stage::Completed);
  const auto all = world.events().events;
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].status_code, EventStatus::Closed);
  EXPECT_EQ(all[0].end_time, world.clock.now());
  EXPECT_EQ(all[0].end_time - all[0].start_time, days{16});
  ASSERT_EQ(world.sink.told.size(), 3U);
  EXPECT_EQ(world.sink.told[2].arn, world.sink.told[0].arn);
  EXPECT_EQ(world.sink.told[2].revision, 3);
  world.report(Stage::Completed);
  EXPECT_EQ(world.events().events.size(), 2U) << "the next renewal is another event";
}

TEST(Health, closes_a_failure_when_the_renewal_succeeds_and_never_calls_it_completed) {
  World world;
  world.report(world.failure());
  world.report(world.failure("PCA_INVALID_STATE"));
  world.report(Stage::Completed);
  ASSERT_EQ(world.sink.told.size(), 4U);
  const auto& opened = world.sink.told[0];
  const auto& closed = world.sink.told[2];
  EXPECT_EQ(opened.type_code, "AWS_ACM_RENEWAL_FAILURE");
  EXPECT_EQ(opened.entity_status, EntityStatus::Impaired);
  EXPECT_EQ(closed.arn, opened.arn);
  EXPECT_EQ(closed.status, EventStatus::Closed);
  EXPECT_EQ(closed.entity_status, EntityStatus::Resolved);
  EXPECT_EQ(actionability_of(closed), Actionability::Informational);
  for (const auto& event : world.sink.told) {
    EXPECT_EQ(has(message_of(event), "completed the renewal"),
              event.news.stage == Stage::Completed);
  }
}

TEST(Health, says_why_and_what_to_do) {
  World world;
  world.report(world.failure());
  EXPECT_TRUE(has(world.text(), "could not renew"));
  EXPECT_TRUE(has(world.text(),
                  "\nDays left: 395\nReason: PCA_ACCESS_DENIED\n"
                  "ACM has no permission to use the private CA.\n"
                  "Give acm.amazonaws.com"));
}

// What of a text is not English: its sentences, without what is the same in each language.
bool has_english(std::string_view text) {
  for (const std::string_view word :
       {" the ", " The ", " is ", " has ", " log ", "Reason", "Days", "May", "January", " at "}) {
    if (has(text, word)) return true;
  }
  return false;
}

TEST(Health, says_why_and_what_to_do_in_french_and_japanese_too) {
  const auto told = [](std::string_view reason, const std::string& locale) {
    World world;
    world.report(world.failure(reason));
    return world.text(locale);
  };
  std::set<std::string> texts;
  const std::vector<std::string_view> reasons{"PCA_LIMIT_EXCEEDED",
                                              "PCA_INVALID_ARN",
                                              "PCA_INVALID_STATE",
                                              "PCA_REQUEST_FAILED",
                                              "PCA_INVALID_ARGS",
                                              "PCA_NAME_CONSTRAINTS_VALIDATION",
                                              "PCA_RESOURCE_NOT_FOUND",
                                              "PCA_ACCESS_DENIED",
                                              "PCA_INVALID_DURATION",
                                              "SLR_NOT_FOUND",
                                              "OTHER"};
  for (const auto reason : reasons) {
    for (const std::string locale : {"fr", "ja"}) {
      const auto text = told(reason, locale);
      EXPECT_TRUE(has(text, reason)) << text;
      EXPECT_FALSE(has_english(text)) << text;
      texts.insert(text.substr(text.find(reason) + reason.size()));
    }
    EXPECT_TRUE(has_english(told(reason, "en")));
  }
  EXPECT_EQ(texts.size(), 2 * reasons.size()) << "each has words of its own";
  EXPECT_TRUE(has(told("PCA_ACCESS_DENIED", "fr"),
                  "\nJours restants : 395\nMotif : PCA_ACCESS_DENIED\nACM n'a pas l'autorisation "
                  "d'utiliser l'AC privée.\nAccordez l'autorisation : acm-pca create-permission"));
  EXPECT_TRUE(has(told("PCA_ACCESS_DENIED", "ja"), "\n残り日数: 395\n理由: PCA_ACCESS_DENIED\n"));
  EXPECT_FALSE(has_english(told("PCA_OF_TOMORROW", "fr")));
}

TEST(Health, says_in_each_language_when_a_certificate_ends) {
  World world;
  auto news = world.news(Stage::EndsSoon);
  news.not_after = *parse_iso8601("2026-08-01T04:05:06Z");
  world.report(news);
  EXPECT_TRUE(has(world.text("en"), "expires on August 01, 2026 at 04:05:06 UTC."));
  EXPECT_TRUE(has(world.text("fr"), "expire le 1er août 2026 à 04:05:06 UTC."));
  EXPECT_TRUE(has(world.text("ja"), "有効期限は 2026 年 8 月 1 日 04:05:06 UTC です。"));
  EXPECT_TRUE(has(world.text("fr"), "\nJours restants : 117\n"));
  world.clock.advance(days{200});
  news.time = world.clock.now();
  world.report(news);
  EXPECT_TRUE(has(world.text("en"), "\nDays left: 0\n"));
}

TEST(DescribeEventDetails, says_in_the_language_asked_for_that_an_event_is_not_there) {
  World world;
  const auto message = [&](const std::string& locale) {
    return DescribeEventDetails{*world.database}({.event_arns = {"arn:none"}, .locale = locale},
                                                 world.call)
        ->failed_set.at(0)
        .error_message;
  };
  EXPECT_EQ(message("en"), "There is no such event in this account.");
  EXPECT_EQ(message("fr"), "Cet événement n'existe pas dans ce compte.");
  EXPECT_EQ(message("ja"), "このアカウントにそのイベントは存在しません。");
}

TEST(Health, speaks_english_french_and_japanese) {
  World world;
  world.report(Stage::Completed);
  EXPECT_TRUE(has(world.text("en"), "completed the renewal"));
  EXPECT_TRUE(has(world.text("fr_FR"), "a terminé le renouvellement"));
  EXPECT_TRUE(has(world.text("ja-JP"), "証明書の更新を完了しました"));
  for (const auto stage : {Stage::EndsSoon, Stage::NeedsAction, Stage::Ended}) {
    world.clock.advance(days{1});
    world.report(stage);
    for (const std::string locale : {"en", "fr", "ja"}) {
      const auto text = world.text(locale);
      EXPECT_TRUE(has(text, "app.corp.internal"));
      EXPECT_TRUE(has(text, kCertificate));
      EXPECT_TRUE(has(text, "23:59:59 UTC"));
      EXPECT_FALSE(has(text, "completed the renewal"));
    }
  }
  const auto refused = DescribeEvents{*world.database}({.locale = "tlh"}, world.call);
  EXPECT_EQ(refused.error().code, "UnsupportedLocale");
}

TEST(Health, of_a_certificate_that_ended_stays_open) {
  World world;
  world.report(Stage::EndsSoon);
  world.report(Stage::Ended);
  const auto all = world.events().events;
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].status_code, EventStatus::Open) << "closed would look like success";
  EXPECT_EQ(all[0].actionability, Actionability::ActionRequired);
}

TEST(DescribeEvents, lists_by_page_the_last_updated_first) {
  World world;
  for (int i = 0; i < 25; ++i) {
    world.clock.advance(std::chrono::minutes{1});
    world.report(world.news(Stage::Completed, "arn:" + std::to_string(i)));
  }
  std::vector<std::string> arns;
  DescribeEvents::Request request{.filter = {}, .next_token = {}, .max_results = 10, .locale = {}};
  do {
    const auto page = world.events(request);
    EXPECT_LE(page.events.size(), 10U);
    for (const auto& event : page.events) arns.push_back(event.arn);
    request.next_token = page.next_token;
  } while (request.next_token);
  ASSERT_EQ(arns.size(), 25U);
  for (std::size_t i = 0; i < arns.size(); ++i) {
    EXPECT_EQ(arns[i], world.sink.told[arns.size() - 1 - i].arn);
  }
  request.next_token = "of another listing";
  EXPECT_EQ(DescribeEvents{*world.database}(request, world.call).error().code,
            "InvalidPaginationToken");
}

TEST(DescribeEvents, filters_by_each_member) {
  World world;
  world.report(world.failure());
  world.clock.advance(days{1});
  world.report(world.news(Stage::EndsSoon, "arn:other"));
  const auto count = [&](const EventFilter& filter) {
    return world.events({.filter = filter, .next_token = {}, .max_results = {}, .locale = {}})
        .events.size();
  };
  const auto now = world.clock.now();
  EXPECT_EQ(count({}), 2U);
  EXPECT_EQ(count({.actionabilities = {Actionability::ActionRequired}}), 1U);
  EXPECT_EQ(count({.event_arns = {world.sink.told[0].arn}}), 1U);
  EXPECT_EQ(count({.event_type_codes = {"AWS_ACM_RENEWAL_FAILURE"}}), 1U);
  EXPECT_EQ(count({.services = {"ACM"}}), 2U);
  EXPECT_EQ(count({.services = {"EC2"}}), 0U);
  EXPECT_EQ(count({.regions = {"eu-west-1"}}), 0U);
  EXPECT_EQ(count({.availability_zones = {"us-east-1a"}}), 0U);
  EXPECT_EQ(count({.start_times = {{.from = now, .to = {}}}}), 1U);
  EXPECT_EQ(count({.end_times = {{.from = {}, .to = now}}}), 0U);
  EXPECT_EQ(count({.last_updated_times = {{.from = {}, .to = now - days{1}}}}), 1U);
  EXPECT_EQ(count({.entity_arns = {entity_arn(world.sink.told[1])}}), 1U);
  EXPECT_EQ(count({.entity_values = {"arn:other", "arn:third"}}), 1U);
  EXPECT_EQ(count({.event_type_categories = {EventCategory::Issue}}), 0U);
  EXPECT_EQ(count({.tags = {{{"team", "pki"}}}}), 0U);
  EXPECT_EQ(count({.event_status_codes = {EventStatus::Closed}}), 0U);
  EXPECT_EQ(count({.personas = {Persona::Operations}}), 2U);
}

TEST(DescribeEvents, shows_an_account_its_own_only) {
  World world;
  world.report(Stage::Completed);
  const auto arn = world.sink.told[0].arn;
  world.call.caller.account = "999999999999";
  EXPECT_TRUE(world.events().events.empty());
  const auto details =
      DescribeEventDetails{*world.database}({.event_arns = {arn}, .locale = {}}, world.call);
  EXPECT_TRUE(details->successful_set.empty());
  ASSERT_EQ(details->failed_set.size(), 1U);
  EXPECT_EQ(details->failed_set[0].event_arn, arn);
}

TEST(DescribeAffectedEntities, names_the_certificate) {
  World world;
  world.report(world.failure());
  const auto arn = world.sink.told[0].arn;
  DescribeAffectedEntities::Request request;
  request.filter.event_arns = {arn};
  const DescribeAffectedEntities operation{*world.database};
  const auto found = operation(request, world.call)->entities;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].entity_value, kCertificate);
  EXPECT_EQ(found[0].status_code, EntityStatus::Impaired);
  EXPECT_EQ(found[0].event_arn, arn);
  request.filter.status_codes = {EntityStatus::Resolved};
  EXPECT_TRUE(operation(request, world.call)->entities.empty());
}

TEST(DescribeAggregates, count_events_and_entities) {
  World world;
  world.report(world.failure());
  world.report(Stage::EndsSoon);
  const auto events = DescribeEventAggregates{*world.database}({}, world.call)->event_aggregates;
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].aggregate_value, "scheduledChange");
  EXPECT_EQ(events[0].count, 2);
  const auto entities = DescribeEntityAggregates{*world.database}(
                            {.event_arns = {world.sink.told[0].arn, "arn:none"}}, world.call)
                            ->entity_aggregates;
  ASSERT_EQ(entities.size(), 1U);
  EXPECT_EQ(entities[0].count, 1);
  EXPECT_EQ(entities[0].statuses.at("IMPAIRED"), 1);
}

TEST(DescribeEventTypes, knows_the_two_of_acm) {
  World world;
  EXPECT_EQ(DescribeEventTypes{}({}, world.call)->event_types.size(), 2U);
  DescribeEventTypes::Request request;
  request.filter = DescribeEventTypes::Filter{};
  request.filter->event_type_codes = {"AWS_ACM_RENEWAL_FAILURE"};
  EXPECT_EQ(DescribeEventTypes{}(request, world.call)->event_types.size(), 1U);
}

TEST(Health, forgets_after_ninety_days_without_news) {
  World world;
  const auto run_until = [&](TimePoint time) {
    ASSERT_TRUE(world.runner.run_until(time, [&](TimePoint now) -> Outcome {
      world.clock.set(now);
      return {};
    }));
  };
  world.report(Stage::Completed);
  run_until(world.clock.now() + days{90});
  EXPECT_EQ(world.events().events.size(), 1U);
  run_until(world.clock.now() + days{2});
  EXPECT_TRUE(world.events().events.empty());
}

}  // namespace
}  // namespace everseal::health
