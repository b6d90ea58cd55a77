// What matching events with rules costs: a thousand rules, and how many events a second one thread
// reads and matches with them. Beside it the same rules when none has a field that an index can
// look up, so that each of them is looked at.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "clock/clock.h"
#include "goals.h"
#include "services/events/json/json.h"
#include "services/events/pattern/pattern.h"
#include "services/events/pattern/pattern_index.h"

namespace everseal {
namespace {

constexpr int kRules = 1000;
constexpr int kRounds = 2001;
constexpr int kTogether =
    20;  // what one round measures: a single look takes less than the clock's step

std::string certificate(int number) {
  return "arn:aws:acm:eu-west-1:111122223333:certificate/00000000-0000-4000-8000-" +
         std::to_string(100'000'000'000 + number);
}

std::string event_about(const std::string& arn) {
  return R"({"version":"0","id":"0f0e0d0c-1111-2222-3333-444455556666",)"
         R"("detail-type":"AWS Health Event","source":"aws.health","account":"111122223333",)"
         R"("time":"2026-04-06T06:00:53Z","region":"eu-west-1","resources":[")" +
         arn +
         R"("],"detail":{"eventArn":"arn:aws:health:eu-west-1::event/ACM/AWS_ACM_RENEWAL_STATE_CHANGE/)"
         R"(AWS_ACM_RENEWAL_STATE_CHANGE-99999999-8888-7777-6666-555555555555","service":"ACM",)"
         R"("eventTypeCode":"AWS_ACM_RENEWAL_STATE_CHANGE","eventTypeCategory":"scheduledChange",)"
         R"("startTime":"Mon, 6 Apr 2026 06:00:53 GMT","eventDescription":[{"language":"en_US",)"
         R"("latestDescription":"This is to notify you that AWS Certificate Manager (ACM) has completed )"
         R"(the renewal of an SSL/TLS certificate that includes the primary domain app.corp.internal."}],)"
         R"("affectedEntities":[{"entityValue":")" +
         arn + R"(","status":"RESOLVED"}],"statusCode":"closed","page":"1","totalPages":"1"}})";
}

events::Pattern compiled(const std::string& text) {
  auto pattern = events::Pattern::compile(text);
  if (!pattern) {
    std::fprintf(stderr, "event_bench: %s\n", pattern.error().reason.c_str());
    std::exit(1);
  }
  return *std::move(pattern);
}

// The rule of the published procedure, one a certificate.
events::PatternIndex published_rules() {
  std::vector<events::Pattern> patterns;
  for (int i = 0; i < kRules; ++i) {
    patterns.push_back(
        compiled(R"({"source":["aws.health"],"detail-type":["AWS Health Event"],"detail":{)"
                 R"("service":["ACM"],"eventTypeCategory":["scheduledChange"],)"
                 R"("eventTypeCode":["AWS_ACM_RENEWAL_STATE_CHANGE"]},"resources":[")" +
                 certificate(i) + R"("]})"));
  }
  return events::PatternIndex(std::move(patterns));
}

events::PatternIndex rules_without_an_exact_field() {
  std::vector<events::Pattern> patterns;
  for (int i = 0; i < kRules; ++i) {
    patterns.push_back(compiled(R"({"source":[{"prefix":"aws."}],"detail":{"eventTypeCode":)"
                                R"([{"wildcard":"AWS_ACM_*_CHANGE"}]},"resources":[{"suffix":")" +
                                certificate(i).substr(40) + R"("}]})"));
  }
  return events::PatternIndex(std::move(patterns));
}

void require_one(std::size_t found) {
  if (found == 1) return;
  std::fprintf(stderr, "event_bench: %zu rules matched, not one\n", found);
  std::exit(1);
}

double median_ms(const events::PatternIndex& rules, const std::string& text) {
  const auto event = events::json::parse(text);
  std::vector<double> millis;
  for (int round = 0; round < kRounds; ++round) {
    const Stopwatch watch;
    for (int i = 0; i < kTogether; ++i) require_one(rules.matching(*event).size());
    millis.push_back(static_cast<double>(watch.elapsed().count()) / 1000 / kTogether);
  }
  std::ranges::sort(millis);
  return millis[millis.size() / 2];
}

double events_a_second(const events::PatternIndex& rules, const std::string& text) {
  const Stopwatch watch;
  for (int round = 0; round < kRounds; ++round) {
    const auto event = events::json::parse(text);
    require_one(rules.matching(*event).size());
  }
  return kRounds * 1e6 / static_cast<double>(watch.elapsed().count());
}

void print(const char* what, double measured, double goal, const char* judged) {
  std::printf("%-58s %12.4f %12.0f%s\n", what, measured, goal, judged);
}

int run() {
  Goals goals;
  const auto event = event_about(certificate(500));
  const auto published = published_rules();
  const auto scanned = rules_without_an_exact_field();
  std::printf("matching an event of %zu octets with %d rules, one thread%23s\n", event.size(),
              kRules, "goal");
  const auto ms = median_ms(published, event);
  print("rules of the published procedure, ms", ms, 1, goals.judged(ms <= 1));
  const auto scanned_ms = median_ms(scanned, event);
  print("rules without an exact field, ms", scanned_ms, 1, goals.judged(scanned_ms <= 1));
  const auto rate = events_a_second(published, event);
  print("events a second, read and matched", rate, 10'000, goals.judged(rate >= 10'000));
  return goals.exit_code();
}

}  // namespace
}  // namespace everseal

int main() { return everseal::run(); }
