#include "services/elbv2/logs/tail.h"

#include <gtest/gtest.h>

#include <thread>

#include "result/testing/need.h"
#include "services/elbv2/logs/operations/tail_gateway.h"

namespace everseal::elbv2::logs {
namespace {

std::string arn_of(const std::string& name, const std::string& account = "111122223333") {
  return "arn:aws:elasticloadbalancing:eu-west-1:" + account + ":loadbalancer/app/" + name +
         "/0123456789abcdef";
}

gateway::RequestRecord request(const std::string& path, const std::string& name = "edge",
                               const std::string& account = "111122223333") {
  gateway::RequestRecord record{.load_balancer = arn_of(name, account), .here = {"192.0.2.1", 443}};
  record.path = path;
  record.host = "a.example";
  record.status = 200;
  return record;
}

struct TailTest : testing::Test {
  Tail tail;
  aws::Call call;

  TailTest() {
    call.caller.account = "111122223333";
    need(TailGateway{tail}({}, call));  // from now on somebody watches
  }
  TailGateway::Response ask(std::int64_t after, std::optional<std::string> name = {}) {
    return need(TailGateway{tail}({std::move(name), after, 0}, call));
  }
  static std::string urls(const TailGateway::Response& answer) {
    std::string all;
    for (const auto& record : answer.records) all += record.url.value_or("-") + " ";
    return all;
  }
};

}  // namespace

TEST_F(TailTest, tells_each_record_once_in_its_order) {
  tail.take(request("/1"));
  tail.take(request("/2"));
  const auto first = ask(0);
  EXPECT_EQ(urls(first), "http://a.example:443/1 http://a.example:443/2 ");
  EXPECT_EQ(first.missed, 0);
  tail.take(request("/3"));
  EXPECT_EQ(urls(ask(first.next)), "http://a.example:443/3 ");
  EXPECT_EQ(urls(need(TailGateway{tail}({}, call))), "") << "from now on";
}

TEST_F(TailTest, tells_of_own_load_balancers_and_of_the_one_that_is_named) {
  tail.take(request("/1", "edge"));
  tail.take(request("/2", "other"));
  tail.take(request("/3", "edge", "444455556666"));
  EXPECT_EQ(ask(0).records.size(), 2U);
  for (const auto& name :
       {std::string("edge"), std::string("app/edge/0123456789abcdef"), arn_of("edge")}) {
    EXPECT_EQ(urls(ask(0, name)), "http://a.example:443/1 ") << name;
  }
  EXPECT_EQ(ask(0, "edge").next, 3);
  EXPECT_EQ(urls(ask(0, "nobody")), "");
}

TEST_F(TailTest, waits_until_something_happens) {
  std::jthread happens([&] { tail.take(request("/late")); });
  const auto page = need(TailGateway{tail}({{}, 0, 20}, call));
  EXPECT_EQ(urls(page), "http://a.example:443/late ");
}

TEST_F(TailTest, does_not_wait_once_it_is_stopped) {
  tail.stop();
  EXPECT_EQ(urls(need(TailGateway{tail}({{}, 0, 20}, call))), "");
}

TEST_F(TailTest, says_what_was_missed) {
  for (int count = 0; count < 5000; ++count) tail.take(request("/" + std::to_string(count)));
  auto answer = ask(0);
  EXPECT_EQ(answer.missed, 5000 - 4096);
  EXPECT_EQ(answer.records.size(), 500U);
  EXPECT_EQ(answer.records.front().url, "http://a.example:443/904");
  std::size_t told = 0;
  for (; !answer.records.empty(); answer = ask(answer.next)) told += answer.records.size();
  EXPECT_EQ(told, 4096U);
}

TEST_F(TailTest, shows_what_clients_chose_so_that_a_terminal_is_safe) {
  auto evil = request("/\x1b[2J\"");
  evil.user_agent = "a\nb";
  tail.take(evil);
  tail.take(gateway::ConnectionRecord{.load_balancer = arn_of("edge"),
                                      .client = {"::1", 7},
                                      .handshake = gateway::Handshake::CrlHit,
                                      .subject = "CN=\x07"});
  const auto answer = ask(0);
  ASSERT_EQ(answer.records.size(), 2U);
  EXPECT_EQ(answer.records[0].url, "http://a.example:443/\\x1B[2J\\x22");
  EXPECT_EQ(answer.records[0].user_agent, "a\\x0Ab");
  EXPECT_EQ(answer.records[1].subject, "CN=\\x07");
  EXPECT_EQ(answer.records[1].outcome, "ClientCertCrlHit");
  EXPECT_EQ(answer.records[1].client, "[::1]:7");
}

}  // namespace everseal::elbv2::logs
