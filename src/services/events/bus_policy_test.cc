#include "services/events/bus_policy.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>

#include "services/events/operations/describe_event_bus.h"
#include "services/events/operations/list_event_buses.h"
#include "services/events/operations/put_permission.h"
#include "services/events/operations/remove_permission.h"
#include "services/events/operations/update_event_bus.h"
#include "services/events/test_world.h"

namespace everseal::events {
namespace {

constexpr const char* kPartner = "444455556666";
constexpr const char* kDefaultArn = "arn:aws:events:us-east-1:111122223333:event-bus/default";

std::string statement(const std::string& sid, const std::string& account) {
  return R"({"Sid":")" + sid + R"(","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::)" + account +
         R"(:root"},"Action":"events:PutEvents","Resource":")" + kDefaultArn + R"("})";
}
std::string policy(const std::string& statements) {
  return R"({"Version":"2012-10-17","Statement":[)" + statements + "]}";
}

struct Guarded : TestWorld {
  static PutPermission::Request permission(const std::string& sid, const std::string& principal) {
    PutPermission::Request made;
    made.action = "events:PutEvents";
    made.statement_id = sid;
    made.principal = principal;
    return made;
  }
  std::string try_permit(const PutPermission::Request& made) {
    return error_of(PutPermission{*database, clock}(made, call));
  }
  void permit(const PutPermission::Request& made) {
    need(PutPermission{*database, clock}(made, call));
  }
  void set(const std::string& text) {
    PutPermission::Request made;
    made.policy = text;
    permit(made);
  }
  std::string try_remove(const RemovePermission::Request& made) {
    return error_of(RemovePermission{*database, clock}(made, call));
  }
  std::optional<std::string> shown() { return need(DescribeEventBus{*database}({}, call)).policy; }
  std::optional<SaidByBus> said(const std::string& resource) {
    return need(said_by_bus(*database, resource));
  }
  // Whether the default bus takes the event of a rule of that account.
  bool takes_of(const std::string& account) {
    const BusName name{"111122223333", "us-east-1", "default"};
    const auto found =
        need(database->read([&](sql::Snapshot& view) { return find_bus(view, name); }));
    return need(
        takes_events_of(*found, *Arn::parse("arn:aws:events:us-east-1:" + account + ":rule/pass")));
  }
};

TEST(BusPolicy, is_made_of_permissions_one_by_one) {
  Guarded world;
  EXPECT_EQ(world.shown(), std::nullopt);
  world.permit(Guarded::permission("one", kPartner));
  EXPECT_EQ(world.shown(), policy(statement("one", kPartner)));
  world.permit(Guarded::permission("two", "777788889999"));
  world.permit(Guarded::permission("one", "123412341234"));
  EXPECT_EQ(world.shown(),
            policy(statement("two", "777788889999") + "," + statement("one", "123412341234")));
  EXPECT_EQ(need(ListEventBuses{*world.database}({}, world.call)).event_buses.front().policy,
            world.shown());
  EXPECT_EQ(world.try_remove({"one", {}, {}}), "none");
  EXPECT_EQ(world.shown(), policy(statement("two", "777788889999")));
  EXPECT_EQ(world.try_remove({"one", {}, {}}),
            "ResourceNotFoundException: Statement with the provided id does not exist.");
  EXPECT_EQ(world.try_remove({"two", {}, {}}), "none");
  EXPECT_EQ(world.shown(), std::nullopt);
  EXPECT_EQ(world.try_remove({"two", {}, {}}),
            "ResourceNotFoundException: EventBus does not have a policy.");
}

TEST(BusPolicy, may_let_everybody_of_an_organization) {
  Guarded world;
  auto everybody = Guarded::permission("org", "*");
  everybody.condition = {"StringEquals", "aws:PrincipalOrgID", "o-1234567890"};
  world.permit(everybody);
  EXPECT_EQ(*world.shown(),
            policy(R"({"Sid":"org","Effect":"Allow","Principal":"*","Action":"events:PutEvents",)"
                   R"("Resource":")" +
                   std::string(kDefaultArn) +
                   R"(","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1234567890"}}})"));
  EXPECT_FALSE(world.takes_of(kPartner));
}

TEST(BusPolicy, is_kept_as_it_was_given) {
  Guarded world;
  const auto one =
      R"({"Version": "2012-10-17", "Id": "x", "Statement": )" + statement("one", kPartner) + "}";
  world.set(one);
  EXPECT_EQ(world.shown(), one);
  world.permit(Guarded::permission("two", "777788889999"));
  EXPECT_EQ(*world.shown(), R"({"Version":"2012-10-17","Id":"x","Statement":[)" +
                                statement("one", kPartner) + "," +
                                statement("two", "777788889999") + "]}");
  RemovePermission::Request all;
  all.remove_all_permissions = true;
  EXPECT_EQ(world.try_remove(all), "none");
  EXPECT_EQ(world.shown(), std::nullopt);
}

TEST(BusPolicy, that_cannot_be_used_is_refused) {
  Guarded world;
  auto made = Guarded::permission("one", kPartner);
  made.policy = "{}";
  EXPECT_EQ(world.try_permit(made),
            "ValidationException: Parameter Policy must not be combined with Action, Principal, "
            "StatementId or Condition.");
  PutPermission::Request only;
  EXPECT_EQ(world.try_permit(only), "ValidationException: Parameter Action must be specified.");
  only.policy = R"({"Version":"2012-10-17","Statement":[]})";
  EXPECT_TRUE(world.try_permit(only).starts_with("ValidationException: The policy is not valid."));
  only.policy = policy(statement(std::string(10'240, 'a'), kPartner));
  EXPECT_EQ(world.try_permit(only),
            "PolicyLengthExceededException: The event bus policy is longer than 10240 characters.");
  made = Guarded::permission("one", kPartner);
  made.action = "events:PutRule";
  EXPECT_EQ(world.try_permit(made),
            "ValidationException: Provided value in parameter 'action' is not supported.");
  made = Guarded::permission("one", kPartner);
  made.condition = {"StringEquals", "aws:PrincipalOrgID", "o-1234567890"};
  EXPECT_EQ(world.try_permit(made),
            "ValidationException: Value of the parameter 'principal' must be '*' when the "
            "parameter 'condition' is set.");
  made = Guarded::permission("one", kPartner);
  made.bus_name = "none";
  EXPECT_EQ(world.try_permit(made), "ResourceNotFoundException: Event bus none does not exist.");
  EXPECT_EQ(
      world.try_remove({}),
      "ValidationException: Parameter StatementId or RemoveAllPermissions must be specified.");
  EXPECT_EQ(world.shown(), std::nullopt);
}

TEST(BusPolicy, does_not_grow_beyond_its_limit) {
  Guarded world;
  std::string answer = "none";
  for (int i = 0; i < 100 && answer == "none"; ++i)
    answer = world.try_permit(Guarded::permission("statement-" + std::to_string(i), kPartner));
  EXPECT_TRUE(answer.starts_with("PolicyLengthExceededException"));
  EXPECT_LE(world.shown()->size(), 10'240U);
}

TEST(BusPolicy, decides_for_rules_of_other_accounts) {
  Guarded world;
  EXPECT_TRUE(world.takes_of("111122223333"));
  EXPECT_FALSE(world.takes_of(kPartner));
  world.permit(Guarded::permission("one", kPartner));
  EXPECT_TRUE(world.takes_of("111122223333"));
  EXPECT_TRUE(world.takes_of(kPartner));
  EXPECT_FALSE(world.takes_of("777788889999"));
  const auto only_of = [](const std::string& rule) {
    return policy(R"({"Effect":"Allow","Principal":"*","Action":"events:PutEvents","Resource":"*",)"
                  R"("Condition":{"ArnEquals":{"aws:SourceArn":")" +
                  rule + R"("}}})");
  };
  world.set(only_of("arn:aws:events:us-east-1:444455556666:rule/pass"));
  EXPECT_TRUE(world.takes_of(kPartner));
  world.set(only_of("arn:aws:events:us-east-1:444455556666:rule/other"));
  EXPECT_FALSE(world.takes_of(kPartner));
  world.set(policy(R"({"Effect":"Deny","Principal":"*","Action":"events:*","Resource":"*"})"));
  EXPECT_FALSE(world.takes_of("111122223333"));
}

TEST(BusPolicy, is_said_to_those_who_judge_requests) {
  Guarded world;
  world.create_bus("plant");
  EXPECT_EQ(world.said(kDefaultArn)->policy, nullptr);
  world.permit(Guarded::permission("one", kPartner));
  EXPECT_NE(world.said(kDefaultArn)->policy, nullptr);
  EXPECT_NE(world.said("arn:aws:events:us-east-1:111122223333:rule/press")->policy, nullptr);
  EXPECT_EQ(world.said("arn:aws:events:us-east-1:111122223333:rule/plant/press")->policy, nullptr);
  EXPECT_EQ(world.said(TestWorld::bus("plant"))->account, "111122223333");
  EXPECT_FALSE(world.said(TestWorld::bus("none")).has_value());
  EXPECT_FALSE(world.said("arn:aws:s3:::crls").has_value());
  EXPECT_FALSE(world.said("*").has_value());
}

// A partner's rule, whose target is the default bus of 111122223333, and a rule there that wants
// what comes.
struct TwoAccounts : Guarded {
  TwoAccounts() {
    put_rule("received");
    put_target("received", target("1", function("f")));
    call.caller.account = kPartner;
    put_rule("pass");
    auto made = target("1", kDefaultArn);
    made.dead_letter_config = shapes::DeadLetterConfig{"arn:aws:sqs:us-east-1:444455556666:dead"};
    put_target("pass", made);
    call.caller.account = "111122223333";
  }
  void put_as_partner(const std::string& bus_name = "") {
    call.caller.account = kPartner;
    auto made = entry();
    if (!bus_name.empty()) made.event_bus_name = bus_name;
    put_all({made});
    call.caller.account = "111122223333";
    run();
  }
};

TEST(BusPolicy, keeps_out_events_of_rules_that_it_does_not_let) {
  TwoAccounts world;
  world.put_as_partner();
  EXPECT_TRUE(world.functions.taken.empty());
  ASSERT_EQ(world.queues.letters.size(), 1U);
  EXPECT_EQ(world.queues.letters.front().attributes.at(2),
            (std::pair<std::string, std::string>("ERROR_CODE", "NO_PERMISSIONS")));
}

TEST(BusPolicy, lets_events_of_another_account_through_as_they_are) {
  TwoAccounts world;
  world.permit(Guarded::permission("one", kPartner));
  world.put_as_partner();
  ASSERT_EQ(world.functions.taken.size(), 1U);
  EXPECT_NE(world.functions.taken.front().event.find(R"("account":"444455556666")"),
            std::string::npos);
  EXPECT_TRUE(world.queues.letters.empty());
}

TEST(PutEvents, on_a_bus_of_another_account_has_the_account_of_its_sender) {
  TwoAccounts world;
  world.put_as_partner(kDefaultArn);
  ASSERT_EQ(world.functions.taken.size(), 1U);
  EXPECT_NE(world.functions.taken.front().event.find(R"("account":"444455556666")"),
            std::string::npos);
}

TEST(UpdateEventBus, gives_another_description) {
  Guarded world;
  const auto before = need(DescribeEventBus{*world.database}({}, world.call));
  EXPECT_EQ(before.last_modified_time, std::nullopt);
  const UpdateEventBus update{*world.database, world.clock};
  const auto answer = need(update({{}, "of the plant"}, world.call));
  EXPECT_EQ(answer.arn, kDefaultArn);
  EXPECT_EQ(answer.description, "of the plant");
  EXPECT_EQ(need(update({"default", {}}, world.call)).description, "of the plant");
  const auto after = need(DescribeEventBus{*world.database}({}, world.call));
  EXPECT_EQ(after.description, "of the plant");
  EXPECT_EQ(after.last_modified_time, world.clock.now());
  EXPECT_EQ(error_of(update({"none", "x"}, world.call)),
            "ResourceNotFoundException: Event bus none does not exist.");
}

}  // namespace
}  // namespace everseal::events
