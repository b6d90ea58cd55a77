#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <vector>

#include "clock/time_text.h"
#include "log/log.h"
#include "result/testing/need.h"
#include "services/sqs/messages.h"
#include "services/sqs/migrations.h"
#include "services/sqs/operations/create_queue.h"
#include "services/sqs/operations/delete_message.h"
#include "services/sqs/operations/delete_queue.h"
#include "services/sqs/operations/get_queue_attributes.h"
#include "services/sqs/operations/get_queue_url.h"
#include "services/sqs/operations/list_queues.h"
#include "services/sqs/operations/purge_queue.h"
#include "services/sqs/operations/receive_message.h"
#include "services/sqs/operations/send_message.h"
#include "sql/migrations.h"
#include "sql/sqlite/open.h"

namespace everseal::sqs {
namespace {

using namespace std::chrono_literals;
using Texts = std::vector<std::string>;

struct Queues {
  Queues() {
    if (!sql::migrate(*database, {migrations()})) throw std::runtime_error("migrate");
    call.caller.account = "111122223333";
    call.caller.user_id = "AIDAOPS";
    call.region = "us-east-1";
  }

  Result<CreateQueue::Response, ApiError> create(const std::string& name,
                                                 const Attributes& attributes = {}) {
    return CreateQueue{*database, clock, base}({name, attributes, {}}, call);
  }
  std::string made(const std::string& name) { return need(create(name)).queue_url; }
  std::string send(const std::string& url, const std::string& body, int delay = 0) {
    SendMessage::Request request;
    request.queue_url = url;
    request.message_body = body;
    request.delay_seconds = delay;
    request.message_attributes["KIND"] = {"String", "test", {}};
    return need(SendMessage{*database, clock, random}(request, call)).message_id;
  }
  std::vector<ReceiveMessage::Received> receive(const std::string& url, int most = 10) {
    ReceiveMessage::Request request;
    request.queue_url = url;
    request.max_number_of_messages = most;
    request.message_attribute_names = {"All"};
    request.attribute_names = {"All"};
    return need(ReceiveMessage{*database, clock, random}(request, call)).messages;
  }
  Texts bodies(const std::string& url, int most = 10) {
    Texts all;
    for (const auto& message : receive(url, most)) all.push_back(message.body);
    return all;
  }
  Attributes attributes(const std::string& url) {
    return need(GetQueueAttributes{*database, clock}({url, {"All"}}, call)).attributes;
  }

  ManualClock clock{*parse_iso8601("2026-04-06T06:00:53Z")};
  CountingRandom random;
  Log log{clock, LogLevel::Error, [](std::string_view) {}};
  std::unique_ptr<sql::Database> database = need(sql::sqlite::open_in_memory({}, log));
  BaseUrl base = [] { return std::string("http://127.0.0.1:4566"); };
  aws::Call call;
};

TEST(CreateQueue, names_the_queue_by_a_url_of_this_server) {
  Queues queues;
  EXPECT_EQ(queues.made("dead"), "http://127.0.0.1:4566/111122223333/dead");
  EXPECT_EQ(need(GetQueueUrl{*queues.database, queues.base}({"dead", {}}, queues.call)).queue_url,
            "http://127.0.0.1:4566/111122223333/dead");
  EXPECT_EQ(queues.attributes("http://elsewhere/111122223333/dead")["QueueArn"],
            "arn:aws:sqs:us-east-1:111122223333:dead");
}

TEST(CreateQueue, gives_the_same_queue_again_but_not_with_other_attributes) {
  Queues queues;
  const auto url = queues.made("dead");
  EXPECT_EQ(need(queues.create("dead")).queue_url, url);
  EXPECT_EQ(need(queues.create("dead", {{"VisibilityTimeout", "30"}})).queue_url, url);
  EXPECT_EQ(code_of(queues.create("dead", {{"VisibilityTimeout", "31"}})), "QueueNameExists");
}

TEST(CreateQueue, refuses_names_and_attributes_that_are_not_taken) {
  Queues queues;
  for (const auto& name :
       {std::string(), std::string("a.fifo"), std::string("a/b"), std::string(81, 'a')})
    EXPECT_EQ(code_of(queues.create(name)), "InvalidParameterValue") << name;
  EXPECT_EQ(code_of(queues.create("dead", {{"FifoQueue", "true"}})), "InvalidAttributeName");
  EXPECT_EQ(code_of(queues.create("dead", {{"VisibilityTimeout", "43201"}})),
            "InvalidAttributeName");
  EXPECT_EQ(code_of(queues.create("dead", {{"VisibilityTimeout", "x"}})), "InvalidAttributeName");
}

TEST(ListQueues, pages_by_name_and_prefix) {
  Queues queues;
  for (const auto* name : {"c", "a1", "b", "a2"}) queues.made(name);
  const ListQueues list{*queues.database, queues.base};
  Texts urls;
  std::optional<std::string> token;
  do {
    const auto page = need(list({{}, token, 3}, queues.call));
    urls.insert(urls.end(), page.queue_urls.begin(), page.queue_urls.end());
    token = page.next_token;
  } while (token);
  ASSERT_EQ(urls.size(), 4U);
  EXPECT_TRUE(urls[0].ends_with("/a1"));
  EXPECT_TRUE(urls[3].ends_with("/c"));
  EXPECT_EQ(need(list({"a", {}, {}}, queues.call)).queue_urls.size(), 2U);
  EXPECT_EQ(code_of(list({{}, "nonsense", {}}, queues.call)), "InvalidParameterValue");
}

TEST(Messages, are_received_in_order_hidden_and_deleted) {
  Queues queues;
  const auto url = queues.made("dead");
  const auto id = queues.send(url, "one");
  queues.send(url, "two");
  queues.send(url, "three");
  const auto first = queues.receive(url, 1);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].message_id, id);
  EXPECT_EQ(first[0].body, "one");
  EXPECT_EQ(first[0].md5_of_body, "f97c5d29941bfb1b2fdab0874906ab82");
  EXPECT_EQ(first[0].message_attributes.at("KIND").string_value, "test");
  EXPECT_EQ(first[0].attributes.at("SenderId"), "AIDAOPS");
  EXPECT_EQ(first[0].attributes.at("ApproximateReceiveCount"), "1");
  EXPECT_EQ(queues.bodies(url), (Texts{"two", "three"}));
  EXPECT_EQ(queues.attributes(url)["ApproximateNumberOfMessagesNotVisible"], "3");
  need(DeleteMessage{*queues.database}({url, first[0].receipt_handle}, queues.call));
  queues.clock.advance(30s);
  EXPECT_EQ(queues.bodies(url), (Texts{"two", "three"}));
}

TEST(Messages, that_came_back_are_no_longer_deleted_by_an_old_receipt) {
  Queues queues;
  const auto url = queues.made("dead");
  queues.send(url, "one");
  const auto old = queues.receive(url)[0].receipt_handle;
  queues.clock.advance(30s);
  const auto again = queues.receive(url);
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].attributes.at("ApproximateReceiveCount"), "2");
  need(DeleteMessage{*queues.database}({url, old}, queues.call));
  EXPECT_EQ(queues.attributes(url)["ApproximateNumberOfMessagesNotVisible"], "1");
}

TEST(Messages, wait_for_their_delay_and_end_after_the_retention_period) {
  Queues queues;
  const auto url = need(queues.create("dead", {{"MessageRetentionPeriod", "60"}})).queue_url;
  queues.send(url, "late", 10);
  EXPECT_EQ(queues.bodies(url), Texts{});
  EXPECT_EQ(queues.attributes(url)["ApproximateNumberOfMessagesDelayed"], "1");
  queues.clock.advance(10s);
  EXPECT_EQ(queues.bodies(url), Texts{"late"});
  queues.clock.advance(50s);
  EXPECT_EQ(queues.bodies(url), Texts{});
  EXPECT_EQ(queues.attributes(url)["ApproximateNumberOfMessagesNotVisible"], "0");
}

TEST(Messages, that_are_empty_or_too_long_are_refused) {
  Queues queues;
  const auto url = need(queues.create("dead", {{"MaximumMessageSize", "1024"}})).queue_url;
  SendMessage::Request request;
  request.queue_url = url;
  const SendMessage send{*queues.database, queues.clock, queues.random};
  EXPECT_EQ(code_of(send(request, queues.call)), "InvalidParameterValue");
  request.message_body = std::string(1025, 'x');
  EXPECT_EQ(code_of(send(request, queues.call)), "InvalidParameterValue");
}

TEST(Messages, with_their_attributes_are_no_longer_than_the_queue_allows) {
  Queues queues;
  const auto url = need(queues.create("dead", {{"MaximumMessageSize", "1024"}})).queue_url;
  const SendMessage send{*queues.database, queues.clock, queues.random};
  SendMessage::Request request;
  request.queue_url = url;
  request.message_body = std::string(1024 - 11, 'x');
  request.message_attributes["KIND"] = {"String", "t", {}};
  EXPECT_EQ(code_of(send(request, queues.call)), "(none)");
  request.message_body += "x";
  EXPECT_EQ(code_of(send(request, queues.call)), "InvalidParameterValue");
  request.message_body = "x";
  for (const AttributeValue& without :
       {AttributeValue{"", "t", {}}, AttributeValue{"String", {}, {}},
        AttributeValue{"Binary", {}, Bytes{}}}) {
    request.message_attributes["KIND"] = without;
    EXPECT_EQ(code_of(send(request, queues.call)), "InvalidParameterValue") << without.data_type;
  }
}

// What hashlib makes of them: length and octets of names and types, 1 or 2, length and octets.
TEST(Messages, have_checksums_of_their_attributes_in_the_order_of_their_names) {
  MessageAttributes attributes;
  EXPECT_EQ(md5_of(attributes), std::nullopt);
  attributes["KIND"] = {"String", "test", {}};
  EXPECT_EQ(md5_of(attributes), "a4cf41113ad7901769861875226e57d8");
  attributes["DATA"] = {"Binary", {}, Bytes{0, 1, 255}};
  EXPECT_EQ(md5_of(attributes), "535c776506a3feaf232e07647f730e3f");
}

TEST(ReceiveMessage, shows_only_the_attributes_that_are_asked_for) {
  Queues queues;
  const auto url = queues.made("dead");
  queues.send(url, "one");
  ReceiveMessage::Request request;
  request.queue_url = url;
  const auto messages =
      need(ReceiveMessage{*queues.database, queues.clock, queues.random}(request, queues.call))
          .messages;
  ASSERT_EQ(messages.size(), 1U);
  EXPECT_TRUE(messages[0].attributes.empty());
  EXPECT_TRUE(messages[0].message_attributes.empty());
}

TEST(Queues, are_emptied_and_deleted) {
  Queues queues;
  const auto url = queues.made("dead");
  queues.send(url, "one");
  need(PurgeQueue{*queues.database}({url}, queues.call));
  EXPECT_EQ(queues.bodies(url), Texts{});
  queues.send(url, "two");
  need(DeleteQueue{*queues.database}({url}, queues.call));
  EXPECT_EQ(code_of(DeleteQueue{*queues.database}({url}, queues.call)), "QueueDoesNotExist");
  EXPECT_EQ(queues.bodies(queues.made("dead")), Texts{});
}

TEST(Queues, of_other_accounts_do_not_exist) {
  Queues queues;
  queues.made("dead");
  for (const auto* url : {"http://127.0.0.1:4566/999999999999/dead", "dead", "/dead", ""})
    EXPECT_EQ(code_of(PurgeQueue{*queues.database}({url}, queues.call)), "QueueDoesNotExist")
        << url;
}

}  // namespace
}  // namespace everseal::sqs
