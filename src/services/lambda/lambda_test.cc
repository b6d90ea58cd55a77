#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "services/lambda/operations/add_permission.h"
#include "services/lambda/operations/create_function.h"
#include "services/lambda/operations/delete_function.h"
#include "services/lambda/operations/get_function.h"
#include "services/lambda/operations/get_policy.h"
#include "services/lambda/operations/invoke.h"
#include "services/lambda/operations/list_functions.h"
#include "services/lambda/operations/remove_permission.h"
#include "services/lambda/operations/update_function_code.h"
#include "services/lambda/operations/update_function_configuration.h"
#include "services/lambda/test_world.h"

namespace everseal::lambda {
namespace {

using AFunction = LambdaTest;
using AnEvent = LambdaTest;

TEST_F(AFunction, is_created_shown_listed_and_deleted) {
  auto request = creation(python("return 1"));
  request.tags = {{"team", "pki"}};
  request.environment = shapes::Environment{{{"KEY", "value"}}};
  const auto created = need(CreateFunction{*functions}(request, call));
  EXPECT_EQ(created.function_arn, demo_arn);
  EXPECT_EQ(created.last_modified, "2025-01-02T03:04:05.678+0000");
  EXPECT_EQ(created.state, "Active");
  EXPECT_EQ(refused(creation(python("return 1"))), "ResourceConflictException");
  for (const std::string& name : std::vector<std::string>{"demo", "111122223333:function:demo",
                                                          std::string(demo_arn), "demo:$LATEST"}) {
    const auto shown = need(GetFunction{*functions, code_links}({name, {}}, call));
    EXPECT_EQ(shown.configuration.code_sha256, created.code_sha256);
    EXPECT_EQ(shown.tags.at("team"), "pki");
    EXPECT_EQ(shown.configuration.environment->variables.at("KEY"), "value");
  }
  EXPECT_EQ(need(ListFunctions{*functions}({}, call)).functions.size(), 1U);
  ASSERT_TRUE(DeleteFunction{*functions}({"demo", {}}, call));
  EXPECT_EQ(code_of(GetFunction{*functions, code_links}({"demo", {}}, call)),
            "ResourceNotFoundException");
  EXPECT_TRUE(need(ListFunctions{*functions}({}, call)).functions.empty());
}

TEST_F(AFunction, has_code_of_fifty_megabytes_at_most) {
  const Bytes zip(52'428'801);
  const auto created = CreateFunction{*functions}(creation(zip), call);
  ASSERT_FALSE(created);
  EXPECT_EQ(created.error().code, "RequestTooLargeException");
  EXPECT_EQ(created.error().message,
            "Request must be smaller than 52428800 bytes for the CreateFunction operation");
}

TEST_F(AFunction, has_an_address_of_its_code_for_ten_minutes) {
  const auto zip = python("return 1");
  create(zip);
  const auto code = need(GetFunction{*functions, code_links}({"demo", {}}, call)).code;
  EXPECT_EQ(code.repository_type, "S3");
  ASSERT_TRUE(code.location.starts_with("https://here/_functions/code/"));
  const auto path = code.location.substr(std::string_view("https://here").size());
  EXPECT_EQ(need(code_links.follow(path)), zip);
  auto other = path;
  other.back() = other.back() == '0' ? '1' : '0';
  for (const std::string& wrong : std::vector<std::string>{other, path + "00", "/_functions/code/",
                                                           "/_functions/code/zz", "/elsewhere"}) {
    EXPECT_FALSE(need(code_links.follow(wrong)));
  }
  clock.advance(std::chrono::minutes(10) + std::chrono::milliseconds(1));
  EXPECT_FALSE(need(code_links.follow(path)));
  const auto again = need(GetFunction{*functions, code_links}({"demo", {}}, call)).code.location;
  UpdateFunctionCode::Request update;
  update.function_name = "demo";
  update.zip_file = python("return 2");
  need(UpdateFunctionCode{*functions}(update, call));
  EXPECT_FALSE(need(code_links.follow(again.substr(std::string_view("https://here").size()))));
}

TEST_F(AFunction, is_refused_with_what_is_wrong_about_it) {
  auto bad_runtime = creation(python("return 1"));
  bad_runtime.runtime = "cobol85";
  auto reserved_name = creation(python("return 1"));
  reserved_name.environment = shapes::Environment{{{"AWS_ACCESS_KEY_ID", "x"}}};
  auto too_long = creation(python("return 1"));
  too_long.environment = shapes::Environment{{{"KEY", std::string(5000, 'x')}}};
  auto wrong_role = creation(python("return 1"));
  wrong_role.role = "arn:aws:iam::111122223333:role/other";
  auto no_code = creation({});
  no_code.code.zip_file.reset();
  auto bad_name = creation(python("return 1"));
  bad_name.function_name = "a name";
  for (const auto& request : {bad_runtime, reserved_name, too_long, wrong_role, no_code, bad_name,
                              creation(to_bytes("no zip")), creation(zip_of("../x", "x"))}) {
    EXPECT_EQ(refused(request), "InvalidParameterValueException");
  }
  permits.denied = "iam:PassRole";
  EXPECT_EQ(refused(creation(python("return 1"))), "AccessDeniedException");
}

TEST_F(AFunction, runs_with_its_environment_and_the_credentials_of_its_role) {
  auto request = creation(
      python("return [os.environ[n] for n in ('KEY', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', "
             "'AWS_SESSION_TOKEN', 'AWS_REGION', 'AWS_LAMBDA_FUNCTION_NAME')]"));
  request.environment = shapes::Environment{{{"KEY", "value"}}};
  need(CreateFunction{*functions}(request, call));
  EXPECT_EQ(answer(), R"(["value", "ASIAdemo", ")" + std::string(role) +
                          R"(", "token 1", "eu-west-1", "demo"])");
}

TEST_F(AFunction, has_other_credentials_when_its_own_have_ended) {
  create(python("return os.environ['AWS_SESSION_TOKEN']"));
  roles.expires = clock.now() + std::chrono::hours(1);
  EXPECT_EQ(answer(), R"("token 1")");
  EXPECT_EQ(answer(), R"("token 1")");
  clock.advance(std::chrono::hours(2));
  EXPECT_EQ(answer(), R"("token 2")");
}

TEST_F(AFunction, is_refused_what_it_would_rely_on_in_vain) {
  auto network = creation(python("return 1"));
  network.vpc_config = {{"subnet-1"}, {}};
  EXPECT_EQ(refused(network), "InvalidParameterValueException");
  auto nothing = creation(python("return 1"));
  nothing.dead_letter_config.emplace();
  nothing.vpc_config.emplace();
  EXPECT_EQ(refused(nothing), "(none)");
}

TEST_F(AFunction, answers_an_invocation_with_its_log) {
  create(python("print('said', event); return context.aws_request_id"));
  const auto response = need(invoke(R"({"a": 1})"));
  EXPECT_EQ(response.status_code, 200);
  EXPECT_EQ(response.executed_version, "$LATEST");
  EXPECT_EQ(to_text(*response.payload), "\"request-1\"");
  EXPECT_FALSE(response.function_error);
  EXPECT_TRUE(response.log_result);
  EXPECT_TRUE(
      logs.text.starts_with("START RequestId: request-1 Version: $LATEST\nsaid {'a': 1}\n"));
  EXPECT_EQ(logs.last.group, "/aws/lambda/demo");
  EXPECT_NE(logs.last.stream.find("/[$LATEST]"), std::string::npos);
}

TEST_F(AFunction, that_fails_is_an_answer) {
  create(python("raise ValueError('no')"));
  const auto response = need(invoke("{}"));
  EXPECT_EQ(response.status_code, 200);
  EXPECT_EQ(response.function_error, "Unhandled");
}

TEST_F(AFunction, is_not_run_for_a_payload_that_it_cannot_get) {
  create(python("return 1"));
  EXPECT_EQ(code_of(invoke("no json")), "InvalidRequestContentException");
  EXPECT_EQ(code_of(invoke('"' + std::string(6'291'456, 'x') + '"')), "RequestTooLargeException");
  EXPECT_EQ(code_of(invoke('"' + std::string(1 << 20, 'x') + '"', "Event")),
            "RequestTooLargeException");
  EXPECT_EQ(invoke('"' + std::string(1 << 20, 'x') + '"', "Event").error().message,
            "Request must be smaller than 1048576 bytes for the InvokeFunction operation");
  EXPECT_EQ(need(invoke("{}", "DryRun")).status_code, 204);
  EXPECT_EQ(code_of(invoke("{}", "Other")), "InvalidParameterValueException");
  EXPECT_TRUE(logs.text.empty());
}

TEST_F(AFunction, has_its_new_code_and_configuration_from_the_next_invocation_on) {
  create(python("return 'old'"));
  EXPECT_EQ(answer(), "\"old\"");
  UpdateFunctionCode::Request code;
  code.function_name = "demo";
  code.zip_file = python("return os.environ.get('KEY')");
  const auto updated = need(UpdateFunctionCode{*functions}(code, call));
  EXPECT_EQ(answer(), "null");
  UpdateFunctionConfiguration::Request configuration;
  configuration.function_name = "demo";
  configuration.environment = shapes::Environment{{{"KEY", "new"}}};
  configuration.revision_id = "another";
  EXPECT_EQ(code_of(UpdateFunctionConfiguration{*functions}(configuration, call)),
            "PreconditionFailedException");
  configuration.revision_id = updated.revision_id;
  need(UpdateFunctionConfiguration{*functions}(configuration, call));
  EXPECT_EQ(answer(), "\"new\"");
}

TEST_F(AFunction, comes_from_a_bucket_too) {
  buckets.zip = python("return 'from a bucket'");
  auto request = creation({});
  request.code = {{}, "code", "demo.zip", {}};
  need(CreateFunction{*functions}(request, call));
  EXPECT_EQ(answer(), "\"from a bucket\"");
  buckets.before = python("return 'as it was'");
  UpdateFunctionCode::Request update;
  update.function_name = "demo";
  update.s3_bucket = "code";
  update.s3_key = "demo.zip";
  update.s3_object_version = "before";
  need(UpdateFunctionCode{*functions}(update, call));
  EXPECT_EQ(answer(), "\"as it was\"");
  update.s3_object_version = "never";
  const auto never = UpdateFunctionCode{*functions}(update, call);
  ASSERT_FALSE(never);
  EXPECT_NE(never.error().message.find("NoSuchVersion"), std::string::npos);
  request.function_name = "other";
  request.code.s3_bucket = "nowhere";
  EXPECT_EQ(refused(request), "InvalidParameterValueException");
}

TEST_F(AnEvent, runs_after_it_was_accepted) {
  create(python("print('heard', event['x'])"));
  const auto response = need(invoke(R"({"x": 7})", "Event"));
  EXPECT_EQ(response.status_code, 202);
  EXPECT_FALSE(response.payload);
  EXPECT_EQ(events(), 1);
  run_jobs();
  EXPECT_NE(logs.text.find("heard 7"), std::string::npos);
  EXPECT_EQ(events(), 0);
}

TEST_F(AnEvent, is_tried_twice_more_when_the_function_fails) {
  create(python("raise ValueError('no')"));
  need(invoke("{}", "Event"));
  run_jobs();
  std::size_t runs = 0;
  for (auto at = logs.text.find("START "); at != std::string::npos;
       at = logs.text.find("START ", at + 1)) {
    ++runs;
  }
  EXPECT_EQ(runs, 3U);
  EXPECT_EQ(events(), 0);
}

TEST_F(AnEvent, of_a_service_needs_the_functions_permission) {
  create(python("print('heard')"));
  const Invoker::Source rule{.service = "events.amazonaws.com",
                             .account = "111122223333",
                             .arn = "arn:aws:events:eu-west-1:111122223333:rule/renewed"};
  EXPECT_EQ(code_of(executor->accept(demo_arn, "{}", rule, 0)), "AccessDeniedException");
  const AddPermission add{*functions};
  AddPermission::Request permission;
  permission.function_name = "demo";
  permission.statement_id = "rule";
  permission.action = "lambda:InvokeFunction";
  permission.principal = "events.amazonaws.com";
  permission.source_arn = rule.arn;
  const auto added = need(add(permission, call));
  EXPECT_EQ(added.statement,
            R"({"Sid":"rule","Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},)"
            R"("Action":"lambda:InvokeFunction","Resource":")" +
                std::string(demo_arn) + R"(","Condition":{"ArnLike":{"AWS:SourceArn":")" +
                rule.arn + R"("}}})");
  EXPECT_EQ(code_of(add(permission, call)), "ResourceConflictException");
  EXPECT_TRUE(executor->accept(demo_arn, "{}", rule, 0));
  auto other = rule;
  other.arn += "-not";
  EXPECT_EQ(code_of(executor->accept(demo_arn, "{}", other, 0)), "AccessDeniedException");
  run_jobs();
  EXPECT_NE(logs.text.find("heard"), std::string::npos);
  EXPECT_TRUE(GetPolicy{*functions}({"demo", {}}, call));
  ASSERT_TRUE(RemovePermission{*functions}({"demo", "rule", {}, {}}, call));
  EXPECT_EQ(code_of(GetPolicy{*functions}({"demo", {}}, call)), "ResourceNotFoundException");
  EXPECT_EQ(code_of(executor->accept(demo_arn, "{}", rule, 0)), "AccessDeniedException");
}

TEST_F(AnEvent, ends_with_its_function) {
  create(python("print('heard')"));
  need(invoke("{}", "Event"));
  ASSERT_TRUE(DeleteFunction{*functions}({"demo", {}}, call));
  run_jobs();
  EXPECT_TRUE(logs.text.empty());
}

TEST_F(AnEvent, that_ends_with_its_function_is_counted_in_the_log) {
  create(python("return 1"));
  for (int i = 0; i < 3; ++i) need(invoke("{}", "Event"));
  ASSERT_TRUE(DeleteFunction{*functions}({"demo", {}}, call));
  EXPECT_EQ(events(), 0);
  EXPECT_NE(log_lines.text().find(R"("event":"lambda.events.given_up","function":")" +
                                  std::string(demo_arn) +
                                  R"(","events":3,"condition":"FunctionDeleted")"),
            std::string::npos)
      << log_lines.text();
}

TEST_F(AFunction, that_nothing_waits_for_is_deleted_without_a_word) {
  create(python("return 1"));
  ASSERT_TRUE(DeleteFunction{*functions}({"demo", {}}, call));
  EXPECT_EQ(log_lines.text(), "");
}

TEST_F(AFunction, is_refused_where_there_can_be_no_sandbox) {
  auto without =
      Executor::create({.database = *database,
                        .vault = vault,
                        .clock = clock,
                        .wall = wall,
                        .random = random,
                        .log = log,
                        .credentials = nullptr,
                        .log_sink = nullptr},
                       {.bubblewrap = "/nowhere/bwrap", .folder = folder / "without"}, {});
  ASSERT_TRUE(without);
  const Functions here{.database = *database,
                       .vault = vault,
                       .clock = clock,
                       .random = random,
                       .log = log,
                       .authorizer = permits,
                       .executor = **without,
                       .credentials = nullptr,
                       .objects = buckets};
  const auto created = CreateFunction{here}(creation(python("return 1")), call);
  ASSERT_FALSE(created);
  EXPECT_NE(created.error().message.find("need the package bubblewrap"), std::string::npos);
  create(python("return 1"));
  Invoke::Request request;
  request.function_name = "demo";
  EXPECT_EQ(code_of(Invoke{here}(request, call)), "ServiceException");
}

}  // namespace
}  // namespace everseal::lambda
