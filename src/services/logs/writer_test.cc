#include "services/logs/writer.h"

#include "services/logs/test_logs.h"

namespace everseal::logs {
namespace {

struct WriterTest : testing::Test, TestLogs {
  const StreamName stream{{"111122223333", "eu-west-1", "g"}, "s"};
  Texts written() { return texts(get({.start_from_head = true})); }
};

TEST_F(WriterTest, makes_group_and_stream_and_orders_events_by_time) {
  const auto now = clock.now();
  ASSERT_TRUE(
      service.writer().write(stream, {{now + 2s, "two"}, {now, "zero"}, {now + 1s, "one"}}));
  ASSERT_TRUE(service.writer().write(stream, {{now + 3s, "three"}}));
  EXPECT_EQ(written(), (Texts{"zero", "one", "two", "three"}));
  EXPECT_EQ(count("SELECT count(*) FROM logs_stream"), 1);
}

TEST_F(WriterTest, writes_what_is_not_utf8_as_replacement_characters) {
  ASSERT_TRUE(service.writer().write(stream, {{clock.now(), "a\xff\xc3 \xc3\xa9\xe2\x82"}}));
  EXPECT_EQ(written(), Texts{"a\uFFFD\uFFFD \u00e9\uFFFD\uFFFD"});
}

TEST_F(WriterTest, cuts_a_long_message_between_characters_and_leaves_out_an_empty_one) {
  std::string text(Writer::longest_message - 1, 'x');
  text += "\u00e9rest";
  ASSERT_TRUE(service.writer().write(stream, {{clock.now(), text}, {clock.now(), ""}}));
  const auto all = written();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].size(), Writer::longest_message - 1);
  EXPECT_EQ(all[1], "\u00e9rest");
}

TEST_F(WriterTest, writes_nothing_for_no_events) {
  ASSERT_TRUE(service.writer().write(stream, {}));
  EXPECT_EQ(count("SELECT count(*) FROM logs_group"), 0);
}

TEST_F(WriterTest, gathers_output_until_enough_has_come_together) {
  Output output(service.writer(), stream, {.octets_at_once = 100, .most_octets = 10'000});
  ASSERT_TRUE(output.add(clock.now(), "first"));
  EXPECT_EQ(count("SELECT count(*) FROM logs_chunk"), 0);
  ASSERT_TRUE(output.add(clock.now(), std::string(80, 'x')));
  EXPECT_EQ(count("SELECT count(*) FROM logs_chunk"), 1);
  ASSERT_TRUE(output.add(clock.now(), "last"));
  ASSERT_TRUE(output.flush());
  ASSERT_TRUE(output.flush());
  EXPECT_EQ(count("SELECT count(*) FROM logs_chunk"), 2);
  EXPECT_EQ(written().back(), "last");
}

TEST_F(WriterTest, cuts_off_output_that_is_too_much_and_says_so) {
  Output output(service.writer(), stream, {.octets_at_once = 1000, .most_octets = 2000});
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(output.add(clock.now(), std::string(100, 'x')));
  ASSERT_TRUE(output.flush());
  EXPECT_TRUE(output.was_cut());
  const auto all = written();
  EXPECT_EQ(all.size(), 17U);
  EXPECT_EQ(all.back(), "(The output is longer than is kept. The rest of it is left out.)");
}

}  // namespace
}  // namespace everseal::logs
