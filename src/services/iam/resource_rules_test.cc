#include "services/iam/resource_rules.h"

#include <gtest/gtest.h>

#include <string>

#include "services/iam/test_account.h"

namespace everseal::iam {
namespace {

constexpr const char* object = "arn:aws:s3:::crls/ca.crl";

// One bucket, of which a test says everything.
struct Rules final : ResourceRulesSource {
  Result<std::optional<ResourceRules>> rules_of(std::string_view resource) const override {
    if (broken) return Fault::unavailable("the database is gone");
    if (!resource.starts_with("arn:aws:s3:::crls")) return std::optional<ResourceRules>();
    return std::optional(rules);
  }
  void say(const std::string& effect, const std::string& principal) {
    rules.policy =
        aws::policy::Policy::parse(
            R"({"Version":"2012-10-17","Statement":{"Effect":")" + effect + R"(","Principal":)" +
                principal + R"(,"Action":"s3:GetObject","Resource":"arn:aws:s3:::crls/*"}})",
            aws::policy::Kind::Resource)
            .value();
  }

  ResourceRules rules{.account = std::string(test_account_id)};
  bool broken = false;
};

class ResourceRulesTest : public testing::Test {
 protected:
  std::string answer(const aws::Call& call) const {
    const auto denied = authorizer.authorize(call, "s3:GetObject", aws::on(object));
    if (!denied) return "fault";
    return *denied ? (*denied)->message : "allowed";
  }
  bool allows(const aws::Call& call) const { return answer(call) == "allowed"; }

  static aws::Call anonymous() {
    aws::Call call;
    call.caller.kind = aws::Caller::Kind::Anonymous;
    call.caller.arn = "anonymous";
    return call;
  }
  static aws::Call of_account(const std::string& account) {
    aws::Call call = TestAccount::as_root();
    call.caller.account = account;
    call.caller.arn = "arn:aws:iam::" + account + ":root";
    return call;
  }

  TestAccount account;
  Rules source;
  Authorizer authorizer{account.directory, {&source}};
};

TEST_F(ResourceRulesTest, let_in_whom_the_policy_of_the_resource_names) {
  const auto user = account.add_user("ops");
  EXPECT_FALSE(allows(TestAccount::as(user)));
  source.say("Allow", R"({"AWS":"arn:aws:iam::111122223333:user/ops"})");
  EXPECT_TRUE(allows(TestAccount::as(user)));
  EXPECT_FALSE(allows(anonymous()));
  source.say("Allow", R"("*")");
  EXPECT_TRUE(allows(anonymous()));
}

TEST_F(ResourceRulesTest, keep_out_whom_it_denies) {
  EXPECT_TRUE(allows(TestAccount::as_root()));
  source.say("Deny", R"("*")");
  EXPECT_NE(answer(TestAccount::as_root()).find("explicit deny in a resource-based policy"),
            std::string::npos);
}

TEST_F(ResourceRulesTest, belong_to_an_account_that_another_is_let_in_by) {
  const auto other = of_account("444455556666");
  EXPECT_FALSE(allows(other));
  source.say("Allow", R"({"AWS":"444455556666"})");
  EXPECT_TRUE(allows(other));
}

TEST_F(ResourceRulesTest, may_count_for_their_own_account_only) {
  source.say("Allow", R"("*")");
  source.rules.only_for_own_account = true;
  EXPECT_FALSE(allows(anonymous()));
  EXPECT_FALSE(allows(of_account("444455556666")));
  EXPECT_TRUE(allows(TestAccount::as(account.add_user("ops"))));
}

TEST_F(ResourceRulesTest, open_actions_to_everybody_whom_no_policy_denies) {
  source.rules.open_actions = {"s3:GetObject"};
  EXPECT_TRUE(allows(anonymous()));
  EXPECT_TRUE(authorizer.authorize(anonymous(), "s3:PutObject", aws::on(object)).value());
  source.say("Deny", R"("*")");
  EXPECT_FALSE(allows(anonymous()));
}

TEST_F(ResourceRulesTest, let_nobody_in_while_they_cannot_be_read) {
  source.broken = true;
  EXPECT_EQ(answer(TestAccount::as_root()), "fault");
}

}  // namespace
}  // namespace everseal::iam
