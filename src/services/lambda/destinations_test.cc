#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "services/lambda/operations/add_permission.h"
#include "services/lambda/operations/delete_function.h"
#include "services/lambda/operations/get_function_configuration.h"
#include "services/lambda/operations/get_function_event_invoke_config.h"
#include "services/lambda/operations/publish_version.h"
#include "services/lambda/operations/put_function_event_invoke_config.h"
#include "services/lambda/operations/update_function_configuration.h"
#include "services/lambda/operations/update_function_event_invoke_config.h"
#include "services/lambda/test_world.h"

namespace everseal::lambda {
namespace {

const std::string queue = "arn:aws:sqs:eu-west-1:111122223333:ended";
const std::string dead = "arn:aws:sqs:eu-west-1:111122223333:dead";
const std::string bus = "arn:aws:events:eu-west-1:111122223333:event-bus/default";

class ADestination : public LambdaTest {
 protected:
  shapes::EventInvokeWishes wishes(const std::string& on_success, const std::string& on_failure) {
    shapes::EventInvokeWishes request;
    request.function_name = "demo";
    request.maximum_retry_attempts = 0;
    request.destination_config = {shapes::Destination{on_success}, shapes::Destination{on_failure}};
    return request;
  }
  bool logged(std::string_view words) const {
    return log_lines.text().find(words) != std::string::npos;
  }
  shapes::EventInvokeConfig tell(const std::string& on_success, const std::string& on_failure) {
    return need(PutFunctionEventInvokeConfig{*functions}(wishes(on_success, on_failure), call));
  }
  // As a rule's target, of an event that has come by so many.
  void deliver(const std::string& payload, std::int64_t hops) {
    need(executor->accept(demo_arn, payload, rule, hops));
    run_jobs();
  }
  void permit_rule() {
    AddPermission::Request request;
    request.function_name = "demo";
    request.statement_id = "rule";
    request.action = "lambda:InvokeFunction";
    request.principal = rule.service;
    need(AddPermission{*functions}(request, call));
  }
  std::string refusal(const std::string& on_success, const std::string& on_failure) {
    const auto put = PutFunctionEventInvokeConfig{*functions}(wishes(on_success, on_failure), call);
    return put ? "(none)" : put.error().message;
  }

  const Invoker::Source rule{.service = "events.amazonaws.com",
                             .account = "111122223333",
                             .arn = "arn:aws:events:eu-west-1:111122223333:rule/ended"};
};

TEST_F(ADestination, is_told_what_a_function_answered) {
  create(python("return [event['x']]"));
  tell(queue, bus);
  need(invoke(R"({"x": 1.50})", "Event"));
  run_jobs();
  ASSERT_EQ(destinations.sent.size(), 1U);
  const auto& [arn, message] = destinations.sent.front();
  EXPECT_EQ(arn, queue);
  EXPECT_EQ(
      message.body,
      R"({"version":"1.0","timestamp":"2025-01-02T03:04:05.678Z","requestContext":{"requestId":)"
      R"("request-1","functionArn":")" +
          std::string(demo_arn) +
          R"(:$LATEST","condition":"Success","approximateInvokeCount":1},"requestPayload":)"
          R"({"x": 1.50},"responseContext":{"statusCode":200,"executedVersion":"$LATEST"},)"
          R"("responsePayload":[1.5]})");
  EXPECT_TRUE(message.attributes.empty());
}

TEST_F(ADestination, is_told_that_all_attempts_failed) {
  create(python("raise ValueError('no')"));
  auto twice = wishes(queue, bus);
  twice.maximum_retry_attempts = 1;
  need(PutFunctionEventInvokeConfig{*functions}(twice, call));
  need(invoke("{}", "Event"));
  run_jobs();
  ASSERT_EQ(destinations.sent.size(), 1U);
  const auto& [arn, message] = destinations.sent.front();
  EXPECT_EQ(arn, bus);
  EXPECT_EQ(message.detail_type, "Lambda Function Invocation Result - Failure");
  for (const std::string words :
       {R"("condition":"RetriesExhausted","approximateInvokeCount":2)",
        R"("functionError":"Unhandled")", R"("responsePayload":{"errorMessage": "no")"}) {
    EXPECT_NE(message.body.find(words), std::string::npos) << message.body;
  }
}

TEST_F(ADestination, is_told_that_an_event_became_too_old) {
  auto request = creation(python("return 1"));
  request.dead_letter_config = {dead};
  need(CreateFunction{*functions}(request, call));
  tell({}, queue);
  need(invoke(R"({"late":true})", "Event"));
  clock.advance(std::chrono::hours(7));
  run_jobs();
  ASSERT_EQ(destinations.sent.size(), 2U);
  EXPECT_EQ(destinations.sent[0].first, dead);
  EXPECT_NE(destinations.sent[1].second.body.find(
                R"("condition":"EventAgeExceeded","approximateInvokeCount":0},)"
                R"("requestPayload":{"late":true}})"),
            std::string::npos)
      << destinations.sent[1].second.body;
}

TEST_F(ADestination, that_is_a_function_gets_the_record_as_its_event) {
  auto request = creation(python("print('heard', event['requestContext']['condition'])"));
  request.function_name = "listener";
  need(CreateFunction{*functions}(request, call));
  create(python("return 1"));
  tell("arn:aws:lambda:eu-west-1:111122223333:function:listener", {});
  need(invoke("{}", "Event"));
  run_jobs();
  EXPECT_NE(logs.text.find("heard Success"), std::string::npos) << logs.text;
  EXPECT_EQ(events(), 0);
}

TEST_F(ADestination, that_is_the_function_itself_is_told_so_often_and_no_more) {
  create(python("return 1"));
  tell(std::string(demo_arn), {});
  need(invoke("{}", "Event"));
  run_jobs();
  EXPECT_EQ(events(), 0);
  EXPECT_TRUE(logged("functions call one another without end"));
}

TEST_F(ADestination, that_is_a_bus_whose_rule_calls_the_function_is_told_so_often_and_no_more) {
  create(python("return 1"));
  permit_rule();
  tell(bus, {});
  need(invoke("{}", "Event"));
  run_jobs();
  std::size_t rounds = 0;
  for (; rounds < destinations.sent.size() && rounds < 20; ++rounds) {
    deliver("{}", destinations.sent[rounds].second.hops);
  }
  EXPECT_EQ(rounds, 16U);
  EXPECT_EQ(events(), 0);
  EXPECT_TRUE(logged(R"("event":"lambda.destination.lost")"));
  EXPECT_TRUE(logged("functions call one another without end"));
}

TEST_F(ADestination, that_is_a_function_counts_the_buses_before) {
  create(python("print('heard')"));
  permit_rule();
  tell(std::string(demo_arn), {});
  deliver("{}", 14);
  std::size_t runs = 0;
  for (auto at = logs.text.find("heard"); at != std::string::npos;
       at = logs.text.find("heard", at + 1)) {
    ++runs;
  }
  EXPECT_EQ(runs, 3U);
  EXPECT_TRUE(logged("functions call one another without end"));
}

TEST_F(ADestination, that_is_a_queue_is_told_however_long_the_chain_was) {
  create(python("return 1"));
  permit_rule();
  tell(queue, {});
  deliver("{}", 16);
  ASSERT_EQ(destinations.sent.size(), 1U);
  EXPECT_EQ(destinations.sent.front().first, queue);
}

TEST_F(ADestination, for_dead_letters_has_the_event_and_its_error) {
  auto request = creation(python("raise ValueError('\\u00e9' * 2000)"));
  request.dead_letter_config = {dead};
  EXPECT_EQ(need(CreateFunction{*functions}(request, call)).dead_letter_config->target_arn, dead);
  need(invoke(R"({"x":7})", "Event"));
  run_jobs();
  ASSERT_EQ(destinations.sent.size(), 1U);
  const auto& [arn, message] = destinations.sent.front();
  EXPECT_EQ(arn, dead);
  EXPECT_EQ(message.body, R"({"x":7})");
  ASSERT_EQ(message.attributes.size(), 3U);
  EXPECT_EQ(message.attributes[0].value, "request-1");
  EXPECT_EQ(message.attributes[1].type, "Number");
  EXPECT_EQ(message.attributes[1].value, "200");
  EXPECT_EQ(message.attributes[2].value.size(), 1024U);
}

TEST_F(ADestination, that_cannot_be_told_is_a_line_of_the_log) {
  create(python("return 1"));
  tell(queue, {});
  destinations.gone = queue;
  need(invoke("{}", "Event"));
  run_jobs();
  EXPECT_EQ(events(), 0);
  EXPECT_TRUE(logged("lambda.destination.lost"));
  destinations.gone.clear();
  destinations.denied = queue;
  need(invoke("{}", "Event"));
  run_jobs();
  EXPECT_TRUE(destinations.sent.empty());
  EXPECT_TRUE(logged("the role of the function may not send there"));
}

TEST_F(ADestination, is_told_once_even_if_the_database_fails_meanwhile) {
  create(python("return 1"));
  tell(queue, {});
  destinations.failures = 2;
  need(invoke("{}", "Event"));
  run_jobs();
  EXPECT_EQ(destinations.sent.size(), 1U);
  EXPECT_EQ(events(), 0);
}

TEST_F(ADestination, is_refused_if_it_is_none_or_the_role_may_not_send_there) {
  create(python("return 1"));
  EXPECT_NE(refusal("arn:aws:sns:eu-west-1:111122223333:topic", {}).find("queues, functions"),
            std::string::npos);
  destinations.denied = queue;
  EXPECT_NE(refusal({}, queue).find("execution role does not have permissions"), std::string::npos);
  EXPECT_EQ(refusal(bus, dead), "(none)");
  auto to_bus = creation(python("return 1"));
  to_bus.function_name = "other";
  to_bus.dead_letter_config = {bus};
  EXPECT_EQ(refused(to_bus), "InvalidParameterValueException");
  UpdateFunctionConfiguration::Request change;
  change.function_name = "demo";
  change.dead_letter_config = {queue};
  EXPECT_EQ(code_of(UpdateFunctionConfiguration{*functions}(change, call)),
            "InvalidParameterValueException");
}

TEST_F(ADestination, is_shown_changed_and_taken_back) {
  create(python("return 1"));
  EXPECT_EQ(tell(queue, bus).destination_config.on_success->destination, queue);
  auto change = wishes({}, {});
  change.destination_config = {shapes::Destination{dead}, {}};
  need(UpdateFunctionEventInvokeConfig{*functions}(change, call));
  const auto shown = need(GetFunctionEventInvokeConfig{*functions}({"demo"}, call));
  EXPECT_EQ(shown.destination_config.on_success->destination, dead);
  EXPECT_EQ(shown.destination_config.on_failure->destination, bus);
  EXPECT_FALSE(tell({}, {}).destination_config.on_failure->destination);
  UpdateFunctionConfiguration::Request configuration;
  configuration.function_name = "demo";
  configuration.dead_letter_config = {dead};
  EXPECT_EQ(need(UpdateFunctionConfiguration{*functions}(configuration, call))
                .dead_letter_config->target_arn,
            dead);
  PublishVersion::Request publication;
  publication.function_name = "demo";
  EXPECT_EQ(need(PublishVersion{*functions}(publication, call)).dead_letter_config->target_arn,
            dead);
  configuration.dead_letter_config->target_arn.clear();
  EXPECT_FALSE(
      need(UpdateFunctionConfiguration{*functions}(configuration, call)).dead_letter_config);
  EXPECT_EQ(need(GetFunctionConfiguration{*functions}({"demo", "1"}, call))
                .dead_letter_config->target_arn,
            dead);
}

}  // namespace
}  // namespace everseal::lambda
