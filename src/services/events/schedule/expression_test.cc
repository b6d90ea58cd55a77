#include "services/events/schedule/expression.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "clock/time_text.h"

namespace everseal::events::schedule {
namespace {

using Texts = std::vector<std::string>;

TimePoint at(const std::string& text) { return *parse_iso8601(text); }

// So many planned minutes after that moment, without seconds; fewer if there are no more.
Texts planned(const std::string& text, const std::string& start, std::size_t count = 4) {
  const auto expression = Expression::parse(text);
  if (!expression) return {"refused"};
  Texts found;
  auto next = expression->first_after(at(start));
  while (next && found.size() < count) {
    found.push_back(to_iso8601(*next).substr(0, 16));
    next = expression->next_after(*next, *next);
  }
  return found;
}

TEST(Rate, begins_with_the_minute_in_which_it_is_switched_on) {
  const std::string start = "2026-04-06T06:00:53Z";
  EXPECT_EQ(planned("rate(1 minute)", start, 2), (Texts{"2026-04-06T06:01", "2026-04-06T06:02"}));
  EXPECT_EQ(planned("rate(5 minutes)", start, 2), (Texts{"2026-04-06T06:05", "2026-04-06T06:10"}));
  EXPECT_EQ(planned("rate(1 hour)", start, 2), (Texts{"2026-04-06T07:00", "2026-04-06T08:00"}));
  EXPECT_EQ(planned("rate(7 days)", start, 2), (Texts{"2026-04-13T06:00", "2026-04-20T06:00"}));
}

TEST(Rate, leaves_out_what_was_missed_and_keeps_its_beat) {
  const auto rate = *Expression::parse("rate(5 minutes)");
  const auto next = [&](const std::string& now) {
    return to_iso8601(*rate.next_after(at("2026-04-06T06:05:00Z"), at(now)));
  };
  EXPECT_EQ(next("2026-04-06T06:05:00Z"), "2026-04-06T06:10:00Z");
  EXPECT_EQ(next("2026-04-06T06:09:59Z"), "2026-04-06T06:10:00Z");
  EXPECT_EQ(next("2026-04-06T06:10:00Z"), "2026-04-06T06:15:00Z");
  EXPECT_EQ(next("2027-04-06T06:01:00Z"), "2027-04-06T06:05:00Z");
}

TEST(Rate, of_another_form_is_refused) {
  for (const auto* text : {"rate(1 minutes)",
                           "rate(5 minute)",
                           "rate(0 minutes)",
                           "rate(-1 minutes)",
                           "rate(1 hours)",
                           "rate(2 day)",
                           "rate(5)",
                           "rate()",
                           "rate( 5 minutes)",
                           "rate(5  minutes)",
                           "rate(5 minutes )",
                           "rate(5 weeks)",
                           "rate(5 Minutes)",
                           "rate(1.5 hours)",
                           "rate(+5 hours)",
                           "Rate(5 minutes)",
                           "rate (5 minutes)",
                           "rate(5 minutes",
                           "rate(99999999999 days)",
                           "",
                           ")",
                           "rate",
                           "every(5 minutes)",
                           " rate(5 minutes)",
                           "rate(5 minutes) "}) {
    EXPECT_EQ(planned(text, "2026-04-06T06:00:53Z"), Texts{"refused"}) << text;
  }
}

struct Case {
  std::string text;
  std::string start;
  Texts expected;
};

// What Amazon's documentation gives as examples first.
TEST(Cron, plans_the_minutes_that_its_fields_name) {
  const std::string monday = "2026-04-06T06:00:53Z";
  for (const auto& [text, start, expected] : std::vector<Case>{
           {"0 10 * * ? *", monday, {"2026-04-06T10:00", "2026-04-07T10:00", "2026-04-08T10:00"}},
           {"15 12 * * ? *", monday, {"2026-04-06T12:15", "2026-04-07T12:15"}},
           {"0 18 ? * MON-FRI *",
            "2026-04-09T18:00:00Z",
            {"2026-04-10T18:00", "2026-04-13T18:00", "2026-04-14T18:00"}},
           {"0 8 1 * ? *", monday, {"2026-05-01T08:00", "2026-06-01T08:00"}},
           {"0/15 * * * ? *",
            monday,
            {"2026-04-06T06:15", "2026-04-06T06:30", "2026-04-06T06:45", "2026-04-06T07:00"}},
           {"0/5 8-17 ? * MON-FRI *",
            "2026-04-10T17:50:00Z",
            {"2026-04-10T17:55", "2026-04-13T08:00", "2026-04-13T08:05"}},
           {"0 9 ? * 2#1 *", monday, {"2026-04-06T09:00", "2026-05-04T09:00", "2026-06-01T09:00"}},
           {"0/30 20-2 ? * MON-FRI *",
            "2026-04-10T23:10:00Z",
            {"2026-04-10T23:30", "2026-04-13T00:00", "2026-04-13T00:30", "2026-04-13T01:00"}},
           {"15 10 ? * 6L 2022-2023",
            "2022-11-26T00:00:00Z",
            {"2022-12-30T10:15", "2023-01-27T10:15", "2023-02-24T10:15"}},
           {"0 0 L * ? *",
            "2028-01-31T00:00:00Z",
            {"2028-02-29T00:00", "2028-03-31T00:00", "2028-04-30T00:00"}},
           {"0 0 LW * ? *", "2026-04-30T00:00:00Z", {"2026-05-29T00:00", "2026-06-30T00:00"}},
           {"0 0 ? * L *", monday, {"2026-04-11T00:00", "2026-04-18T00:00"}},
           {"0 0 ? * FRIL *", monday, {"2026-04-24T00:00", "2026-05-29T00:00"}},
           {"0 0 ? * 3#5 *", monday, {"2026-06-30T00:00", "2026-09-29T00:00"}},
           {"0 0 3W * ? *", monday, {"2026-05-04T00:00", "2026-06-03T00:00"}},
           // The first of August 2026 is a Saturday, the last of May a Sunday.
           {"0 0 1W 8 ? *", monday, {"2026-08-03T00:00"}},
           {"0 0 31W 5 ? *", monday, {"2026-05-29T00:00"}},
           {"0 0 31W * ? 2026", "2026-04-01T00:00:00Z", {"2026-05-29T00:00", "2026-07-31T00:00"}},
           {"0 0 29 2 ? *", monday, {"2028-02-29T00:00", "2032-02-29T00:00"}},
           {"0 0 1 jan,Jul ? 2027/2",
            monday,
            {"2027-01-01T00:00", "2027-07-01T00:00", "2029-01-01T00:00"}},
           {"10,0,10 0 ? 4 FRI-SUN *",
            monday,
            {"2026-04-10T00:00", "2026-04-10T00:10", "2026-04-11T00:00", "2026-04-11T00:10"}},
           {"59 23 31 12 ? 2199", monday, {"2199-12-31T23:59"}},
           {"*/20 1-5/2 6 * ? 2026",
            "2026-04-06T01:39:59Z",
            {"2026-04-06T01:40", "2026-04-06T03:00", "2026-04-06T03:20", "2026-04-06T03:40"}},
           {"  5   7 * *  ? * ", monday, {"2026-04-06T07:05"}}}) {
    EXPECT_EQ(planned("cron(" + text + ")", start, expected.size()), expected) << text;
  }
}

TEST(Cron, ends) {
  const std::string start = "2026-04-06T06:00:53Z";
  EXPECT_EQ(planned("cron(0 0 1 1 ? 2025)", start), Texts{});
  EXPECT_EQ(planned("cron(0 0 30 2 ? *)", start), Texts{});
  EXPECT_EQ(planned("cron(0 0 31 4,6,9,11 ? *)", start), Texts{});
  EXPECT_EQ(planned("cron(59 23 31 12 ? *)", "2199-12-31T23:58:59Z"), Texts{"2199-12-31T23:59"});
  EXPECT_EQ(planned("cron(* * * * ? *)", "2199-12-31T23:59:00Z"), Texts{});
}

TEST(Cron, leaves_out_what_was_missed) {
  const auto daily = *Expression::parse("cron(0 10 * * ? *)");
  EXPECT_EQ(to_iso8601(*daily.next_after(at("2026-04-06T10:00:00Z"), at("2026-04-09T10:00:00Z"))),
            "2026-04-10T10:00:00Z");
}

TEST(Cron, of_another_form_is_refused) {
  for (const auto* text : {"",
                           "0 10 * * ?",
                           "0 10 * * ? * *",
                           "0 10 * * * *",
                           "0 10 ? * ? *",
                           "0 10 1 * 2 *",
                           "60 10 * * ? *",
                           "0 24 * * ? *",
                           "0 10 0 * ? *",
                           "0 10 32 * ? *",
                           "0 10 * 0 ? *",
                           "0 10 * 13 ? *",
                           "0 10 ? * 0 *",
                           "0 10 ? * 8 *",
                           "0 10 * * ? 1969",
                           "0 10 * * ? 2200",
                           "? 10 * * ? *",
                           "0 ? * * ? *",
                           "0 10 * ? ? *",
                           "0 10 * * ? ?",
                           "0/0 10 * * ? *",
                           "0/60 10 * * ? *",
                           "/5 10 * * ? *",
                           "0/ 10 * * ? *",
                           "0, 10 * * ? *",
                           ",0 10 * * ? *",
                           "0,,5 10 * * ? *",
                           "1- 10 * * ? *",
                           "-1 10 * * ? *",
                           "1-2-3 10 * * ? *",
                           "1/2/3 10 * * ? *",
                           "+1 10 * * ? *",
                           "1.0 10 * * ? *",
                           "0x1 10 * * ? *",
                           "L 10 * * ? *",
                           "0 10 * L ? *",
                           "0 10 W * ? *",
                           "0 10 32W * ? *",
                           "0 10 0W * ? *",
                           "0 10 1-5W * ? *",
                           "0 10 1,L * ? *",
                           "0 10 L-3 * ? *",
                           "0 10 * FOO ? *",
                           "0 10 * JANUARY ? *",
                           "0 10 * MON ? *",
                           "0 10 ? * JAN *",
                           "0 10 ? * 2#0 *",
                           "0 10 ? * 2#6 *",
                           "0 10 ? * 8#1 *",
                           "0 10 ? * #1 *",
                           "0 10 ? * 2# *",
                           "0 10 ? * 2#1,6#3 *",
                           "0 10 ? * 2L,3 *",
                           "0 10 ? * 8L *",
                           "0 10 ? * 2/2 *",
                           "0 10 ? * 2W *",
                           "0 10 2#1 * ? *",
                           "0 10 * * ? 2030-2026",
                           "0\t10 * * ? *",
                           "0 10 * * ? 99999999999"}) {
    EXPECT_EQ(planned("cron(" + std::string(text) + ")", "2026-04-06T06:00:53Z"), Texts{"refused"})
        << text;
  }
  EXPECT_EQ(planned("Cron(0 10 * * ? *)", "2026-04-06T06:00:53Z"), Texts{"refused"});
  EXPECT_EQ(planned("cron(0 10 * * ? *", "2026-04-06T06:00:53Z"), Texts{"refused"});
}

}  // namespace
}  // namespace everseal::events::schedule
