#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/lambda/operations/add_permission.h"
#include "services/lambda/operations/create_alias.h"
#include "services/lambda/operations/create_function.h"
#include "services/lambda/operations/delete_alias.h"
#include "services/lambda/operations/delete_function.h"
#include "services/lambda/operations/get_alias.h"
#include "services/lambda/operations/get_function_configuration.h"
#include "services/lambda/operations/get_policy.h"
#include "services/lambda/operations/invoke.h"
#include "services/lambda/operations/list_aliases.h"
#include "services/lambda/operations/list_versions_by_function.h"
#include "services/lambda/operations/publish_version.h"
#include "services/lambda/operations/remove_permission.h"
#include "services/lambda/operations/update_alias.h"
#include "services/lambda/operations/update_function_code.h"
#include "services/lambda/operations/update_function_configuration.h"
#include "services/lambda/test_world.h"

namespace everseal::lambda {
namespace {

class VersionsTest : public LambdaTest {
 protected:
  std::string arn(const std::string& qualifier) const {
    return std::string(demo_arn) + ":" + qualifier;
  }
  shapes::Configuration publish(const std::string& description = "") {
    PublishVersion::Request request;
    request.function_name = "demo";
    if (!description.empty()) request.description = description;
    return need(PublishVersion{*functions}(request, call));
  }
  void change_code(Bytes zip, bool publishes = false) {
    UpdateFunctionCode::Request request;
    request.function_name = "demo";
    request.zip_file = std::move(zip);
    request.publish = publishes;
    updated = need(UpdateFunctionCode{*functions}(request, call));
  }
  Result<Invoke::Response, ApiError> invoke_at(const std::string& qualifier,
                                               const std::string& type = "RequestResponse") {
    Invoke::Request request;
    request.function_name = "demo";
    request.qualifier = qualifier;
    request.invocation_type = type;
    return Invoke{*functions}(request, call);
  }
  std::string answer_at(const std::string& qualifier) {
    return to_text(*need(invoke_at(qualifier)).payload);
  }
  Result<shapes::Configuration, ApiError> configuration(const std::string& name,
                                                        const std::string& qualifier) {
    return GetFunctionConfiguration{*functions}({name, qualifier}, call);
  }
  Result<shapes::AliasConfiguration, ApiError> alias(
      const std::string& name, const std::string& version,
      std::optional<shapes::RoutingConfig> routing = std::nullopt) {
    return CreateAlias{*functions}({"demo", name, version, {}, std::move(routing)}, call);
  }
  Result<aws::Empty, ApiError> remove(const std::string& qualifier) {
    return DeleteFunction{*functions}({"demo", qualifier}, call);
  }

  shapes::Configuration updated;
};

using AVersion = VersionsTest;
using AnAlias = VersionsTest;

TEST_F(AVersion, stays_as_it_was_published) {
  create(
      python("return ['old', context.function_version, os.environ['AWS_LAMBDA_LOG_STREAM_NAME']"
             "[11:14], context.invoked_function_arn, os.environ.get('KEY')]"));
  const auto first = publish("the first");
  EXPECT_EQ(first.version, "1");
  EXPECT_EQ(first.function_arn, arn("1"));
  EXPECT_EQ(first.description, "the first");
  change_code(python("return 'new'"));
  UpdateFunctionConfiguration::Request changes;
  changes.function_name = "demo";
  changes.environment = shapes::Environment{{{"KEY", "new"}}};
  changes.timeout = 30;
  need(UpdateFunctionConfiguration{*functions}(changes, call));
  EXPECT_EQ(answer_at("1"), R"(["old", "1", "[1]", ")" + arn("1") + R"(", null])");
  EXPECT_TRUE(logs.text.starts_with("START RequestId: request-1 Version: 1\n")) << logs.text;
  EXPECT_EQ(answer(), "\"new\"");
  EXPECT_EQ(need(invoke_at("1")).executed_version, "1");
  EXPECT_EQ(need(invoke_at("$LATEST")).executed_version, "$LATEST");
  const auto shown = need(configuration("demo", "1"));
  EXPECT_EQ(shown.timeout, 60);
  EXPECT_EQ(shown.code_sha256, first.code_sha256);
  EXPECT_EQ(need(configuration("demo:1", "")).revision_id, first.revision_id);
  EXPECT_EQ(need(configuration(arn("$LATEST"), "")).timeout, 30);
}

TEST_F(AVersion, has_one_spelling) {
  create(python("return 1"));
  publish();
  EXPECT_TRUE(configuration("demo", "1"));
  EXPECT_EQ(code_of(configuration("demo", "01")), "ResourceNotFoundException");
  EXPECT_EQ(code_of(remove("01")), "ResourceNotFoundException");
}

TEST_F(AVersion, is_made_only_of_what_has_changed) {
  create(python("return 1"));
  EXPECT_EQ(publish().version, "1");
  EXPECT_EQ(publish().version, "1");
  const auto second = python("return 2");
  change_code(second, /*publishes=*/true);
  EXPECT_EQ(updated.version, "2");
  EXPECT_EQ(updated.function_arn, arn("2"));
  change_code(second, /*publishes=*/true);
  EXPECT_EQ(updated.version, "2");
  change_code(python("return 1"), /*publishes=*/true);
  EXPECT_EQ(updated.version, "3");
  auto request = creation(python("return 1"));
  request.function_name = "other";
  request.publish = true;
  EXPECT_EQ(need(CreateFunction{*functions}(request, call)).version, "1");
}

TEST_F(AVersion, is_not_published_of_other_code_than_was_meant) {
  const auto created = create(python("return 1"));
  PublishVersion::Request request;
  request.function_name = "demo";
  request.code_sha256 = "other";
  EXPECT_EQ(code_of(PublishVersion{*functions}(request, call)), "InvalidParameterValueException");
  request.code_sha256 = created.code_sha256;
  request.revision_id = "other";
  EXPECT_EQ(code_of(PublishVersion{*functions}(request, call)), "PreconditionFailedException");
  request.revision_id = created.revision_id;
  EXPECT_EQ(need(PublishVersion{*functions}(request, call)).version, "1");
  request.function_name = "demo:1";
  EXPECT_EQ(code_of(PublishVersion{*functions}(request, call)), "InvalidParameterValueException");
  request.function_name = "nowhere";
  EXPECT_EQ(code_of(PublishVersion{*functions}(request, call)), "ResourceNotFoundException");
}

TEST_F(AVersion, is_listed_after_the_latest_in_pages) {
  create(python("return 0"));
  for (int i = 1; i <= 3; ++i) change_code(python("return " + std::to_string(i)), true);
  ListVersionsByFunction::Request request;
  request.function_name = "demo";
  request.max_items = 2;
  std::vector<std::string> all;
  do {
    const auto page = need(ListVersionsByFunction{*functions}(request, call));
    EXPECT_LE(page.versions.size(), 2U);
    for (const auto& version : page.versions) all.push_back(version.function_arn);
    request.marker = page.next_marker;
  } while (request.marker);
  EXPECT_EQ(all, (std::vector{arn("$LATEST"), arn("1"), arn("2"), arn("3")}));
  request.marker = "of another list";
  EXPECT_EQ(code_of(ListVersionsByFunction{*functions}(request, call)),
            "InvalidParameterValueException");
}

TEST_F(AVersion, goes_alone_or_with_its_function) {
  create(python("return 1"));
  publish();
  change_code(python("return 2"), true);
  ASSERT_TRUE(alias("PROD", "1"));
  EXPECT_EQ(code_of(remove("1")), "ResourceConflictException");
  EXPECT_EQ(code_of(remove("PROD")), "InvalidParameterValueException");
  EXPECT_EQ(code_of(remove("$LATEST")), "InvalidParameterValueException");
  EXPECT_EQ(code_of(remove("9")), "ResourceNotFoundException");
  EXPECT_TRUE(remove("2"));
  EXPECT_EQ(code_of(invoke_at("2")), "ResourceNotFoundException");
  EXPECT_EQ(answer_at("1"), "1");
  change_code(python("return 3"), true);
  EXPECT_EQ(updated.version, "3");  // a number is used once
  ASSERT_TRUE(DeleteFunction{*functions}({"demo", {}}, call));
  create(python("return 1"));
  EXPECT_EQ(code_of(invoke_at("1")), "ResourceNotFoundException");
  EXPECT_EQ(code_of(invoke_at("PROD")), "ResourceNotFoundException");
  EXPECT_EQ(publish().version, "1");
}

TEST_F(AVersion, is_nothing_that_can_be_changed) {
  create(python("return 1"));
  publish();
  UpdateFunctionCode::Request request;
  request.function_name = "demo:1";
  request.zip_file = python("return 2");
  EXPECT_EQ(code_of(UpdateFunctionCode{*functions}(request, call)),
            "InvalidParameterValueException");
  EXPECT_EQ(code_of(configuration("demo:1", "2")), "InvalidParameterValueException");
}

TEST_F(AnAlias, leads_to_a_version_and_later_to_another) {
  create(python("return [1, context.invoked_function_arn]"));
  publish();
  change_code(python("return 2"), true);
  const auto created = need(alias("PROD", "1"));
  EXPECT_EQ(created.alias_arn, arn("PROD"));
  EXPECT_EQ(answer_at("PROD"), "[1, \"" + arn("PROD") + "\"]");
  EXPECT_EQ(need(invoke_at("PROD")).executed_version, "1");
  const auto shown = need(configuration("demo", "PROD"));
  EXPECT_EQ(shown.function_arn, arn("PROD"));
  EXPECT_EQ(shown.version, "1");
  UpdateAlias::Request request{"demo", "PROD", "2", "the second", {}, "another"};
  EXPECT_EQ(code_of(UpdateAlias{*functions}(request, call)), "PreconditionFailedException");
  request.revision_id = created.revision_id;
  const auto changed = need(UpdateAlias{*functions}(request, call));
  EXPECT_NE(changed.revision_id, created.revision_id);
  EXPECT_EQ(answer_at("PROD"), "2");
  const auto read = need(GetAlias{*functions}({"demo", "PROD"}, call));
  EXPECT_EQ(read.function_version, "2");
  EXPECT_EQ(read.description, "the second");
  EXPECT_FALSE(read.routing_config);
}

TEST_F(AnAlias, is_refused_where_it_would_lead_nowhere) {
  create(python("return 1"));
  publish();
  change_code(python("return 2"), true);
  using Weights = std::map<std::string, double>;
  const auto routed = [&](const std::string& version, const Weights& weights) {
    return code_of(alias("MIX", version, shapes::RoutingConfig{weights}));
  };
  EXPECT_EQ(code_of(alias("PROD", "9")), "ResourceNotFoundException");
  EXPECT_EQ(code_of(alias("PROD", "01")), "ResourceNotFoundException");
  EXPECT_EQ(routed("1", {{"9", 0.5}}), "ResourceNotFoundException");
  EXPECT_EQ(routed("1", {{"2", 1.5}}), "InvalidParameterValueException");
  EXPECT_EQ(routed("1", {{"1", 0.5}}), "InvalidParameterValueException");
  EXPECT_EQ(routed("1", {{"PROD", 0.5}}), "InvalidParameterValueException");
  EXPECT_EQ(routed("$LATEST", {{"2", 0.5}}), "InvalidParameterValueException");
  EXPECT_EQ(routed("1", {{"2", 0.1}, {"3", 0.1}}), "InvalidParameterValueException");
  ASSERT_TRUE(alias("PROD", "1"));
  EXPECT_EQ(code_of(alias("PROD", "2")), "ResourceConflictException");
  EXPECT_EQ(code_of(GetAlias{*functions}({"demo", "OTHER"}, call)), "ResourceNotFoundException");
  EXPECT_EQ(code_of(UpdateAlias{*functions}({"demo", "OTHER", {}, {}, {}, {}}, call)),
            "ResourceNotFoundException");
  EXPECT_TRUE(DeleteAlias{*functions}({"demo", "PROD"}, call));
  EXPECT_TRUE(DeleteAlias{*functions}({"demo", "PROD"}, call));
  EXPECT_EQ(code_of(invoke_at("PROD")), "ResourceNotFoundException");
}

TEST_F(AnAlias, sends_some_invocations_to_another_version) {
  create(python("return 1"));
  publish();
  change_code(python("return 2"), true);
  const auto mixed = need(alias("MIX", "1", shapes::RoutingConfig{{{"2", 0.5}}}));
  EXPECT_EQ(mixed.routing_config->additional_version_weights.at("2"), 0.5);
  int of_second = 0;
  constexpr int all = 24;
  for (int i = 0; i < all; ++i) of_second += answer_at("MIX") == "2" ? 1 : 0;
  EXPECT_GT(of_second, 0);
  EXPECT_LT(of_second, all);
  EXPECT_EQ(need(configuration("demo", "MIX")).version, "1");
  EXPECT_EQ(code_of(remove("2")), "ResourceConflictException");
  UpdateAlias::Request request{"demo", "MIX", {}, {}, shapes::RoutingConfig{}, {}};
  EXPECT_FALSE(need(UpdateAlias{*functions}(request, call)).routing_config);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(answer_at("MIX"), "1");
}

TEST_F(AnAlias, is_listed_by_name_and_by_version) {
  create(python("return 1"));
  publish();
  change_code(python("return 2"), true);
  for (const auto& [name, version] :
       {std::pair("c", "1"), std::pair("a", "2"), std::pair("b", "$LATEST"), std::pair("d", "1")}) {
    ASSERT_TRUE(alias(name, version));
  }
  ListAliases::Request request;
  request.function_name = "demo";
  const auto names = [&] {
    std::string all;
    do {
      const auto page = need(ListAliases{*functions}(request, call));
      for (const auto& shown : page.aliases) all += shown.name;
      request.marker = page.next_marker;
    } while (request.marker);
    return all;
  };
  request.max_items = 3;
  EXPECT_EQ(names(), "abcd");
  request.function_version = "1";
  EXPECT_EQ(names(), "cd");
}

TEST_F(AnAlias, has_a_policy_of_its_own) {
  create(python("print('heard by', context.function_version)"));
  publish();
  ASSERT_TRUE(alias("PROD", "1"));
  const Invoker::Source rule{.service = "events.amazonaws.com",
                             .account = "111122223333",
                             .arn = "arn:aws:events:eu-west-1:111122223333:rule/renewed"};
  AddPermission::Request permission;
  permission.function_name = "demo";
  permission.statement_id = "rule";
  permission.action = "lambda:InvokeFunction";
  permission.principal = rule.service;
  permission.qualifier = "PROD";
  const auto added = need(AddPermission{*functions}(permission, call));
  EXPECT_NE(added.statement.find("\"Resource\":\"" + arn("PROD") + "\""), std::string::npos);
  EXPECT_EQ(code_of(GetPolicy{*functions}({"demo", {}}, call)), "ResourceNotFoundException");
  EXPECT_NE(need(GetPolicy{*functions}({"demo", "PROD"}, call)).policy.find("\"rule\""),
            std::string::npos);
  EXPECT_EQ(code_of(executor->accept(demo_arn, "{}", rule, 0)), "AccessDeniedException");
  EXPECT_EQ(code_of(executor->accept(arn("1"), "{}", rule, 0)), "AccessDeniedException");
  EXPECT_EQ(code_of(executor->accept(arn("9"), "{}", rule, 0)), "ResourceNotFoundException");
  ASSERT_TRUE(executor->accept(arn("PROD"), "{}", rule, 0));
  run_jobs();
  EXPECT_NE(logs.text.find("heard by 1"), std::string::npos) << logs.text;
  permission.qualifier = "9";
  EXPECT_EQ(code_of(AddPermission{*functions}(permission, call)), "ResourceNotFoundException");
  permission.qualifier = "$LATEST";
  EXPECT_EQ(code_of(AddPermission{*functions}(permission, call)), "InvalidParameterValueException");
  ASSERT_TRUE(RemovePermission{*functions}({"demo", "rule", "PROD", {}}, call));
  EXPECT_EQ(code_of(executor->accept(arn("PROD"), "{}", rule, 0)), "AccessDeniedException");
}

TEST_F(AnAlias, and_a_version_have_a_revision_that_guards_their_policy) {
  create(python("return 1"));
  publish();
  ASSERT_TRUE(alias("PROD", "1"));
  for (const std::string qualifier : {"PROD", "1"}) {
    AddPermission::Request permission;
    permission.function_name = "demo";
    permission.statement_id = "first";
    permission.action = "lambda:InvokeFunction";
    permission.principal = "events.amazonaws.com";
    permission.qualifier = qualifier;
    need(AddPermission{*functions}(permission, call));
    const auto seen = need(GetPolicy{*functions}({"demo", qualifier}, call)).revision_id;
    permission.statement_id = "second";
    permission.revision_id = seen;
    need(AddPermission{*functions}(permission, call));
    permission.statement_id = "third";
    EXPECT_EQ(code_of(AddPermission{*functions}(permission, call)), "PreconditionFailedException");
    EXPECT_EQ(code_of(RemovePermission{*functions}({"demo", "first", qualifier, seen}, call)),
              "PreconditionFailedException");
    const auto now = need(GetPolicy{*functions}({"demo", qualifier}, call)).revision_id;
    EXPECT_TRUE(RemovePermission{*functions}({"demo", "first", qualifier, now}, call));
  }
}

TEST_F(AnAlias, runs_events_that_were_accepted_for_it) {
  create(python("print('heard by', context.function_version)"));
  publish();
  ASSERT_TRUE(alias("PROD", "1"));
  EXPECT_EQ(need(invoke_at("PROD", "Event")).status_code, 202);
  run_jobs();
  EXPECT_NE(logs.text.find("heard by 1"), std::string::npos) << logs.text;
}

}  // namespace
}  // namespace everseal::lambda
