#include <gtest/gtest.h>

#include "services/iam/operations/create_user.h"
#include "services/iam/operations/get_policy.h"
#include "services/iam/operations/get_user.h"
#include "services/iam/operations/list_policy_tags.h"
#include "services/iam/operations/list_user_tags.h"
#include "services/iam/operations/tag_policy.h"
#include "services/iam/operations/tag_user.h"
#include "services/iam/operations/untag_policy.h"
#include "services/iam/operations/untag_user.h"
#include "services/iam/test_account.h"

namespace everseal::iam {
namespace {

const aws::Call root = TestAccount::as_root();
constexpr const char* administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

std::vector<shapes::Tag> many(int count) {
  std::vector<shapes::Tag> tags;
  for (int i = 0; i < count; ++i) tags.push_back({"k" + std::to_string(i), "v"});
  return tags;
}

class Tags : public testing::Test {
 protected:
  auto tag_user(const std::vector<shapes::Tag>& tags, const std::string& user = "ops") {
    return TagUser{*account.database, account.directory}({user, tags}, root);
  }
  auto tag_policy(const std::string& arn, const std::vector<shapes::Tag>& tags) {
    return TagPolicy{*account.database}({arn, tags}, root);
  }
  std::vector<shapes::Tag> of_user() {
    return need(GetUser{*account.database}({"ops"}, root)).user.tags;
  }
  // What requests signed with the key say of who signed them.
  aws::Tags of_caller(const std::string& key_id) {
    const auto found = need(account.directory.find(key_id, {}));
    return std::get<aws::sigv4::Credential>(found).caller.tags;
  }

  TestAccount account;
};

TEST_F(Tags, of_a_user_are_put_listed_in_pages_and_taken_away_in_whatever_case) {
  account.add_user("ops");
  need(tag_user({{"team", "pki"}, {"Site", "north"}}));
  need(tag_user({{"Team", "ops"}}));
  const ListUserTags list{*account.database};
  const auto first = need(list({"ops", {}, 1}, root));
  ASSERT_EQ(first.tags.size(), 1U);
  EXPECT_EQ(first.tags[0].key, "Site");
  ASSERT_TRUE(first.is_truncated);
  const auto rest = need(list({"ops", first.marker, 1}, root));
  EXPECT_EQ(rest.tags[0].key, "Team");
  EXPECT_EQ(rest.tags[0].value, "ops");
  EXPECT_FALSE(rest.is_truncated);
  const UntagUser untag{*account.database, account.directory};
  need(untag({"ops", {"TEAM", "missing"}}, root));
  ASSERT_EQ(of_user().size(), 1U);
  EXPECT_EQ(of_user()[0].key, "Site");
  EXPECT_EQ(untag.access({"ops", {"TEAM"}}, root).context.back().first, "aws:TagKeys");
}

TEST_F(Tags, of_a_user_count_for_its_next_request) {
  account.add_user("ops");
  const auto key = account.add_key("ops").access_key_id;
  EXPECT_TRUE(of_caller(key).empty());
  need(tag_user({{"team", "pki"}}));
  EXPECT_EQ(of_caller(key), (aws::Tags{{"team", "pki"}}));
  need(UntagUser{*account.database, account.directory}({"ops", {"team"}}, root));
  EXPECT_TRUE(of_caller(key).empty());
}

TEST_F(Tags, of_a_user_are_refused_twice_too_many_and_of_nobody) {
  account.add_user("ops");
  EXPECT_EQ(code_of(tag_user({{"a", "1"}, {"A", "2"}})), "InvalidInput");
  EXPECT_EQ(code_of(tag_user({{"a", "1"}}, "none")), "NoSuchEntity");
  need(tag_user(many(50)));
  EXPECT_EQ(message_of(tag_user({{"one more", "v"}})), "Cannot exceed quota for TagsPerUser: 50");
  EXPECT_EQ(of_user().size(), 50U);
}

TEST_F(Tags, of_a_managed_policy_are_put_listed_and_taken_away) {
  const auto arn = account.add_policy("limits");
  need(tag_policy(arn, {{"team", "pki"}, {"site", "north"}}));
  const ListPolicyTags list{*account.database};
  EXPECT_EQ(need(list({arn, {}, {}}, root)).tags.size(), 2U);
  need(UntagPolicy{*account.database}({arn, {"Site"}}, root));
  const auto left = need(GetPolicy{*account.database}({arn}, root)).policy.tags;
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].key, "team");
  EXPECT_EQ(code_of(tag_policy(arn, many(50))), "LimitExceeded");
  EXPECT_EQ(code_of(tag_policy("arn:aws:iam::111122223333:policy/none", {{"a", "1"}})),
            "NoSuchEntity");
}

TEST_F(Tags, of_a_policy_of_aws_are_nobodys_to_change) {
  EXPECT_EQ(code_of(tag_policy(administrator, {{"a", "1"}})), "AccessDenied");
  EXPECT_EQ(code_of(UntagPolicy{*account.database}({administrator, {"a"}}, root)), "AccessDenied");
  EXPECT_TRUE(need(ListPolicyTags{*account.database}({administrator, {}, {}}, root)).tags.empty());
}

TEST_F(Tags, that_begin_with_aws_are_nobodys_to_choose) {
  account.add_user("ops");
  EXPECT_EQ(code_of(tag_user({{"aws:team", "pki"}})), "InvalidInput");
  EXPECT_EQ(code_of(tag_user({{"AWS:team", "pki"}})), "InvalidInput");
  EXPECT_TRUE(of_user().empty());
  EXPECT_EQ(code_of(tag_policy(account.add_policy("limits"), {{"aws:team", "pki"}})),
            "InvalidInput");
  const CreateUser create{*account.database, account.directory, account.random, account.clock};
  EXPECT_EQ(code_of(create({{}, "new", std::nullopt, {{"aws:team", "pki"}}}, root)),
            "InvalidInput");
}

}  // namespace
}  // namespace everseal::iam
