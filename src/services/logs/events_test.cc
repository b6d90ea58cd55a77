#include <algorithm>
#include <random>

#include "services/logs/chunk.h"
#include "services/logs/event_page.h"
#include "services/logs/test_logs.h"

namespace everseal::logs {
namespace {

struct LogEvents : testing::Test, TestLogs {
  LogEvents() {
    add_group("g");
    add_stream("g", "s");
  }
  PutLogEvents::Response put_all(const std::vector<At>& all) {
    const auto answer = run<PutLogEvents>(events(all));
    if (!answer) throw std::runtime_error(answer.error().message);
    return *answer;
  }
  // From page to page, until a token comes back.
  Texts walk(GetLogEvents::Request request, bool forward) {
    Texts all;
    for (;;) {
      const auto page = get(request);
      const auto found = texts(page);
      all.insert(forward ? all.end() : all.begin(), found.begin(), found.end());
      const auto& next = forward ? page.next_forward_token : page.next_backward_token;
      if (request.next_token == next) return all;
      request.next_token = next;
    }
  }
};

TEST_F(LogEvents, come_back_as_they_were_put) {
  put({{0s, "one\ttwo \u00e9"}, {1s, std::string("\0", 1)}, {1s, "three"}});
  const auto got = get({.start_from_head = true});
  EXPECT_EQ(texts(got), (Texts{"one\ttwo \u00e9", std::string("\0", 1), "three"}));
  EXPECT_EQ(got.events[1].timestamp, to_millis(clock.now() + 1s));
  EXPECT_EQ(got.events[1].ingestion_time, to_millis(clock.now()));
}

TEST_F(LogEvents, are_read_forwards_and_backwards_a_page_at_a_time) {
  Texts all;
  for (int i = 0; i < 25; ++i) {
    put({{std::chrono::seconds{i}, std::to_string(i)}, {std::chrono::seconds{i}, "same"}});
    all.insert(all.end(), {std::to_string(i), "same"});
  }
  for (const std::int64_t limit : {1, 7, 50, 1000}) {
    EXPECT_EQ(walk({.limit = limit, .start_from_head = true}, true), all) << limit;
    EXPECT_EQ(walk({.limit = limit}, false), all) << limit;
  }
  EXPECT_EQ(texts(get({.limit = 2})), (Texts{"24", "same"}));
}

TEST_F(LogEvents, go_on_with_the_same_token_when_more_comes) {
  put({{0s, "one"}});
  const auto first = get({.start_from_head = true});
  auto next = get({.next_token = first.next_forward_token});
  EXPECT_EQ(texts(next), Texts{});
  EXPECT_EQ(next.next_forward_token, first.next_forward_token);
  put({{1s, "two"}});
  EXPECT_EQ(texts(get({.next_token = next.next_forward_token})), Texts{"two"});
  EXPECT_EQ(texts(get({.next_token = get({}).next_backward_token})), Texts{});
  EXPECT_EQ(
      outcome<GetLogEvents>({.log_group_name = "g", .log_stream_name = "s", .next_token = "f/abc"}),
      "InvalidParameterException: The specified nextToken is invalid.");
}

TEST_F(LogEvents, are_chosen_by_time) {
  put({{0s, "zero"}, {1s, "one"}, {2s, "two"}});
  const auto at = [&](int seconds) { return to_millis(clock.now()) + seconds * 1000; };
  EXPECT_EQ(texts(get({.start_time = at(1), .end_time = at(2)})), Texts{"one"});
  EXPECT_EQ(filter({.start_time = at(1)}), (Texts{"one", "two"}));
  EXPECT_EQ(filter({.end_time = at(1)}), Texts{"zero"});
}

TEST_F(LogEvents, of_all_streams_are_given_in_order_of_time) {
  for (const auto* stream : {"t", "u/1", "u/2"}) add_stream("g", stream);
  put({{0s, "s0"}, {30min, "s30"}, {100min, "s100"}});
  put({{10min, "t10"}, {40min, "t40"}}, "t");
  put({{5min, "u5"}, {90min, "u90"}}, "u/1");
  put({{20min, "u20"}}, "u/2");
  const Texts all{"s0", "u5", "t10", "u20", "s30", "t40", "u90", "s100"};
  for (const std::int64_t limit : {1, 2, 3, 100}) EXPECT_EQ(filter({.limit = limit}), all) << limit;
  EXPECT_EQ(filter({.log_stream_names = {"t", "u/2"}}), (Texts{"t10", "u20", "t40"}));
  EXPECT_EQ(filter({.log_stream_names = {"t"}}), (Texts{"t10", "t40"}));
  EXPECT_EQ(filter({.log_stream_name_prefix = "u/"}), (Texts{"u5", "u20", "u90"}));
  EXPECT_EQ(filter({.filter_pattern = "0 -s"}), (Texts{"t10", "u20", "t40", "u90"}));
  EXPECT_EQ(filter({.log_stream_names = {"none"}}),
            Texts{"ResourceNotFoundException: The specified log stream does not exist."});
}

TEST_F(LogEvents, have_ids_that_stay_and_differ) {
  put({{0s, "a"}, {0s, "b"}});
  put({{0s, "c"}});
  const FilterLogEvents::Request request{.log_group_name = "g"};
  const auto ids = [&] {
    Texts all;
    const auto page = *run<FilterLogEvents>(request);
    for (const auto& event : page.events) all.push_back(event.event_id);
    return all;
  };
  auto first = ids();
  EXPECT_EQ(first, ids());
  EXPECT_EQ(first[0].size(), 56U);
  EXPECT_TRUE(std::ranges::is_sorted(first));
  EXPECT_EQ(std::ranges::adjacent_find(first), first.end());
}

// Whatever overlaps whatever, a search gives what a plain sort gives.
TEST_F(LogEvents, come_in_order_however_they_were_put) {
  std::mt19937 numbers(7);  // NOLINT(cert-msc51-cpp): the same each time
  add_stream("g", "t");
  std::vector<std::pair<std::int64_t, std::string>> all;
  for (int batch = 0; batch < 60; ++batch) {
    std::vector<At> some;
    auto at = std::chrono::seconds{numbers() % 20'000};
    for (unsigned i = 0; i <= numbers() % 8; ++i) {
      const auto text = std::to_string(batch) + "." + std::to_string(i);
      some.push_back({at - 50'000s, text});
      all.emplace_back(to_millis(clock.now() + at - 50'000s), text);
      at += std::chrono::seconds{numbers() % 3000};
    }
    put(some, batch % 3 == 0 ? "t" : "s");
  }
  std::ranges::sort(all);
  std::vector<std::int64_t> times;
  for (const auto& [at, text] : all) times.push_back(at);
  for (const std::int64_t limit : {1, 5, 1000}) {
    FilterLogEvents::Request request{.log_group_name = "g", .limit = limit};
    std::vector<std::int64_t> found;
    do {
      const auto page = *run<FilterLogEvents>(request);
      for (const auto& event : page.events) found.push_back(event.timestamp);
      request.next_token = page.next_token;
    } while (request.next_token);
    EXPECT_EQ(found, times) << limit;
    auto forward = walk({.log_stream_name = "t", .limit = limit, .start_from_head = true}, true);
    EXPECT_EQ(walk({.log_stream_name = "t", .limit = limit}, false), forward) << limit;
  }
}

TEST_F(LogEvents, are_searched_page_by_page_even_if_none_matches) {
  const std::string text(900'000, 'x');
  for (int i = 0; i < 40; ++i) put({{std::chrono::seconds{i}, text}});
  put({{41s, "needle"}});
  const FilterLogEvents::Request request{.log_group_name = "g", .filter_pattern = "needle"};
  const auto page = run<FilterLogEvents>(request);
  ASSERT_TRUE(page);
  EXPECT_TRUE(page->events.empty());
  EXPECT_TRUE(page->next_token);
  EXPECT_EQ(filter({.filter_pattern = "needle"}), Texts{"needle"});
  EXPECT_EQ(get({}).events.size(), 2U) << "a page has no more than 1 MiB";
}

TEST_F(LogEvents, are_refused_if_they_are_too_much_or_in_disorder) {
  EXPECT_EQ(outcome<PutLogEvents>(events({{1s, "b"}, {0s, "a"}})),
            "InvalidParameterException: Log events in a single PutLogEvents request must be in "
            "chronological order.");
  EXPECT_EQ(outcome<PutLogEvents>(events({{-25h, "a"}, {0s, "b"}})),
            "InvalidParameterException: The batch of log events in a single PutLogEvents request "
            "cannot span more than 24 hours.");
  EXPECT_EQ(outcome<PutLogEvents>(events({{0s, std::string(1'048'550, 'x')}})), "done");
  EXPECT_EQ(outcome<PutLogEvents>(events({{0s, std::string(1'048'551, 'x')}})),
            "InvalidParameterException: Upload too large: 1048577 bytes exceeds limit of 1048576");
  EXPECT_EQ(outcome<PutLogEvents>(events({{0s, "a"}}, "none")),
            "ResourceNotFoundException: The specified log stream does not exist.");
}

TEST_F(LogEvents, of_the_far_past_or_future_are_left_out) {
  const auto old = put_all({{-24h * 14 - 1s, "old"}, {-24h * 14, "kept"}});
  ASSERT_TRUE(old.rejected_log_events_info);
  EXPECT_EQ(old.rejected_log_events_info->too_old_log_event_end_index, 1);
  const auto newer = put_all({{2h, "ahead"}, {2h + 1ms, "too far"}});
  ASSERT_TRUE(newer.rejected_log_events_info);
  EXPECT_EQ(newer.rejected_log_events_info->too_new_log_event_start_index, 1);
  EXPECT_FALSE(put_all({{0s, "now"}}).rejected_log_events_info);
  EXPECT_EQ(filter({}), (Texts{"kept", "now", "ahead"}));
}

TEST(Chunk, holds_events_of_an_hour_and_usually_no_more_than_64_kib) {
  const TimePoint noon = from_millis(1'740'830'400'000);
  const auto chunks = to_chunks(std::vector<Event>{{noon, "a"},
                                                   {noon + 1h - 1ms, "b"},
                                                   {noon + 1h, std::string(100'000, 'c')},
                                                   {noon + 1h, "d"}});
  ASSERT_EQ(chunks.size(), 3U);
  EXPECT_EQ(chunks[0].last, noon + 1h - 1ms);
  EXPECT_EQ(chunks[0].octets, 54);
  EXPECT_EQ(chunks[2].first, noon + 1h);
}

TEST(Chunk, that_is_damaged_is_found_out) {
  const auto read = [](const Bytes& octets) {
    return each_event(TimePoint{}, octets, [](TimePoint, std::string_view) { return true; });
  };
  EXPECT_TRUE(read({}));
  EXPECT_TRUE(read({5, 1, 'x'}));
  EXPECT_FALSE(read({5}));
  EXPECT_FALSE(read({5, 2, 'x'}));
  EXPECT_FALSE(read(Bytes(20, 0xff)));
}

}  // namespace
}  // namespace everseal::logs
