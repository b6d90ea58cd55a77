#include <gtest/gtest.h>

#include "encoding/percent.h"
#include "services/iam/operations/attach_role_policy.h"
#include "services/iam/operations/create_policy_version.h"
#include "services/iam/operations/create_role.h"
#include "services/iam/operations/delete_policy.h"
#include "services/iam/operations/delete_policy_version.h"
#include "services/iam/operations/delete_role.h"
#include "services/iam/operations/delete_role_policy.h"
#include "services/iam/operations/delete_user.h"
#include "services/iam/operations/detach_role_policy.h"
#include "services/iam/operations/get_policy.h"
#include "services/iam/operations/get_policy_version.h"
#include "services/iam/operations/get_role.h"
#include "services/iam/operations/get_role_policy.h"
#include "services/iam/operations/list_attached_role_policies.h"
#include "services/iam/operations/list_instance_profiles_for_role.h"
#include "services/iam/operations/list_policies.h"
#include "services/iam/operations/list_policy_versions.h"
#include "services/iam/operations/list_role_policies.h"
#include "services/iam/operations/list_role_tags.h"
#include "services/iam/operations/list_roles.h"
#include "services/iam/operations/put_role_policy.h"
#include "services/iam/operations/set_default_policy_version.h"
#include "services/iam/operations/tag_role.h"
#include "services/iam/operations/untag_role.h"
#include "services/iam/operations/update_assume_role_policy.h"
#include "services/iam/operations/update_role.h"
#include "services/iam/test_account.h"

namespace everseal::iam {
namespace {

constexpr const char* basic_execution =
    "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

const aws::Call root = TestAccount::as_root();

std::string trust_in(const std::string& principal, const std::string& action = "sts:AssumeRole") {
  return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":)" + principal +
         R"(,"Action":")" + action + R"("}})";
}

class RoleTest : public testing::Test {
 protected:
  auto create(const std::string& name, const std::string& trust) {
    return CreateRole{*account.database, account.directory, account.random, account.clock}(
        {{}, name, trust, {}, {}, {}, {}}, root);
  }
  std::string refusal_of_trust(const std::string& trust) {
    return message_of(create("other", trust));
  }
  shapes::Role role(const std::string& name = "renewer") const {
    return need(GetRole{*account.database}({name}, root)).role;
  }
  auto put(const std::string& name, const std::string& document) {
    return PutRolePolicy{*account.database, account.directory}({"renewer", name, document}, root);
  }

  TestAccount account;
};

TEST_F(RoleTest, is_named_by_id_and_arn) {
  const CreateRole create{*account.database, account.directory, account.random, account.clock};
  const auto made = need(create({"/service-role/",
                                 "renewer",
                                 std::string(trust_lambda),
                                 "renews",
                                 7200,
                                 {},
                                 {{"team", "pki"}}},
                                root))
                        .role;
  EXPECT_EQ(made.arn, "arn:aws:iam::111122223333:role/service-role/renewer");
  EXPECT_EQ(made.role_id.substr(0, 4), "AROA");
  EXPECT_EQ(made.role_id.size(), 21U);
  EXPECT_EQ(made.create_date, account.clock.now());
  const auto got = role();
  EXPECT_EQ(got.role_id, made.role_id);
  EXPECT_EQ(got.path, "/service-role/");
  EXPECT_EQ(got.description, "renews");
  EXPECT_EQ(got.max_session_duration, 7200);
  EXPECT_EQ(got.tags[0].value, "pki");
  EXPECT_EQ(need(encoding::percent_decode(*got.assume_role_policy_document)), trust_lambda);
}

TEST_F(RoleTest, lets_sessions_last_an_hour_unless_told_otherwise) {
  account.add_role("renewer");
  EXPECT_EQ(role().max_session_duration, 3600);
  EXPECT_FALSE(role().description);
  const UpdateRole update{*account.database, account.directory};
  need(update({"renewer", {}, 43200}, root));
  EXPECT_EQ(role().max_session_duration, 43200);
  need(update({"renewer", "renews", {}}, root));
  EXPECT_EQ(role().max_session_duration, 43200);
  EXPECT_EQ(role().description, "renews");
}

TEST_F(RoleTest, is_refused_a_name_that_differs_in_case_only) {
  account.add_role("renewer");
  const auto again = create("Renewer", std::string(trust_lambda));
  EXPECT_EQ(code_of(again), "EntityAlreadyExists");
  EXPECT_EQ(message_of(again), "Role with name Renewer already exists.");
  EXPECT_EQ(message_of(GetRole{*account.database}({"Renewer"}, root)),
            "The role with name Renewer cannot be found.");
}

TEST_F(RoleTest, may_have_the_name_of_a_user) {
  account.add_user("renewer");
  account.add_role("renewer");
  account.put_policy("renewer", "a");
  EXPECT_TRUE(
      need(ListRolePolicies{*account.database}({"renewer", {}, {}}, root)).policy_names.empty());
}

TEST_F(RoleTest, is_made_with_a_trust_policy_only) {
  EXPECT_EQ(code_of(create("other", "{}")), "MalformedPolicyDocument");
  EXPECT_EQ(refusal_of_trust(std::string(allow_all)), "Missing required field Principal");
  EXPECT_EQ(refusal_of_trust(
                R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole",)"
                R"("Resource":"*"}})"),
            "Has prohibited field Resource");
  const std::string only_sts = "AssumeRole policy may only specify STS AssumeRole actions.";
  EXPECT_EQ(refusal_of_trust(trust_in(R"("*")", "iam:GetRole")), only_sts);
  EXPECT_EQ(refusal_of_trust(trust_in(R"("*")", "*")), only_sts);
  EXPECT_EQ(refusal_of_trust(trust_in(R"("*")", "s*:AssumeRole")), only_sts);
  EXPECT_TRUE(create("tagging", trust_in(R"("*")", "STS:TagSession")));
}

TEST_F(RoleTest, trusts_nobody_who_is_not_there) {
  const auto trusting = [&](const std::string& arn) {
    return refusal_of_trust(trust_in(R"({"AWS":")" + arn + R"("})"));
  };
  const auto unknown = [](const std::string& arn) {
    return R"(Invalid principal in policy: "AWS":")" + arn + "\"";
  };
  for (const std::string arn :
       {"arn:aws:iam::111122223333:user/ops", "arn:aws:iam::111122223333:role/renewer",
        "arn:aws:sts::111122223333:assumed-role/renewer/run1"}) {
    EXPECT_EQ(trusting(arn), unknown(arn));
  }
  account.add_user("ops", "/plant/");
  EXPECT_EQ(trusting("arn:aws:iam::111122223333:user/ops"),
            unknown("arn:aws:iam::111122223333:user/ops"));
  EXPECT_EQ(trusting("arn:aws:iam::111122223333:user/plant/ops"), "(none)");
}

TEST_F(RoleTest, trusts_other_accounts_unseen) {
  EXPECT_TRUE(create("a", trust_in(R"({"AWS":"arn:aws:iam::444455556666:user/ops"})")));
  EXPECT_TRUE(create("b", trust_in(R"({"AWS":["444455556666","111122223333"]})")));
}

TEST_F(RoleTest, has_a_trust_policy_of_2048_characters_at_most) {
  const auto of_size = [](std::size_t letters) {
    const std::string start = R"({"Id":")";
    const std::string end =
        R"(","Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}})";
    return start + std::string(letters - start.size() - end.size(), 'x') + end;
  };
  EXPECT_TRUE(create("a", of_size(2048) + "   "));
  EXPECT_EQ(message_of(create("b", of_size(2049))), "Cannot exceed quota for ACLSizePerRole: 2048");
}

TEST_F(RoleTest, is_listed_below_its_path_in_pages) {
  account.add_role("b", "/x/");
  account.add_role("a", "/x/y/");
  account.add_role("c");
  const ListRoles list{*account.database};
  const auto first = need(list({{}, {}, 2}, root));
  ASSERT_TRUE(first.is_truncated);
  EXPECT_EQ(first.roles[0].role_name, "a");
  EXPECT_EQ(first.roles[1].role_name, "b");
  EXPECT_EQ(need(list({{}, first.marker, 2}, root)).roles[0].role_name, "c");
  EXPECT_EQ(need(list({"/x/", {}, {}}, root)).roles.size(), 2U);
}

TEST_F(RoleTest, goes_when_it_has_no_policies) {
  account.add_role("renewer");
  need(put("a", std::string(allow_all)));
  account.attach_to_role("renewer", basic_execution);
  const DeleteRole remove{*account.database, account.directory};
  EXPECT_EQ(message_of(remove({"renewer"}, root)),
            "Cannot delete entity, must delete policies first.");
  need(DeleteRolePolicy{*account.database, account.directory}({"renewer", "a"}, root));
  const auto outcome = remove({"renewer"}, root);
  EXPECT_EQ(message_of(outcome), "Cannot delete entity, must detach all policies first.");
  EXPECT_EQ(code_of(outcome), "DeleteConflict");
  need(DetachRolePolicy{*account.database, account.directory}({"renewer", basic_execution}, root));
  need(remove({"renewer"}, root));
  EXPECT_EQ(code_of(remove({"renewer"}, root)), "NoSuchEntity");
}

TEST_F(RoleTest, keeps_inline_policies_by_name) {
  account.add_role("renewer");
  need(put("b", std::string(allow_all)));
  need(put("a", std::string(allow_all)));
  const auto first = need(ListRolePolicies{*account.database}({"renewer", {}, 1}, root));
  EXPECT_EQ(first.policy_names, std::vector<std::string>{"a"});
  EXPECT_TRUE(first.is_truncated);
  const GetRolePolicy get{*account.database};
  const auto got = need(get({"renewer", "b"}, root));
  EXPECT_EQ(got.role_name, "renewer");
  EXPECT_EQ(need(encoding::percent_decode(got.policy_document)), allow_all);
  EXPECT_EQ(message_of(get({"renewer", "c"}, root)),
            "The role policy with name c cannot be found.");
}

TEST_F(RoleTest, has_inline_policies_of_10240_characters_at_most) {
  account.add_role("renewer");
  const auto of_size = [](std::size_t letters) {
    const std::string start = R"({"Version":"2012-10-17","Id":")";
    const std::string end = R"(","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})";
    return start + std::string(letters - start.size() - end.size(), 'x') + end;
  };
  need(put("a", of_size(10000)));
  need(put("b", of_size(240)));
  EXPECT_EQ(message_of(put("b", of_size(241))),
            "Maximum policy size of 10240 bytes exceeded for role renewer");
}

TEST_F(RoleTest, attaches_managed_policies_and_is_counted_by_them) {
  account.add_role("renewer");
  account.attach_to_role("renewer", basic_execution);
  const auto listed =
      need(ListAttachedRolePolicies{*account.database}({"renewer", {}, {}, {}}, root));
  ASSERT_EQ(listed.attached_policies.size(), 1U);
  EXPECT_EQ(listed.attached_policies[0].policy_name, "AWSLambdaBasicExecutionRole");
  EXPECT_EQ(listed.attached_policies[0].policy_arn, basic_execution);
  const GetPolicy get{*account.database};
  EXPECT_EQ(need(get({basic_execution}, root)).policy.attachment_count, 1);
  EXPECT_EQ(need(get({basic_execution}, root)).policy.path, "/service-role/");
  const ListPolicies list{*account.database};
  const auto attached = need(list({{}, true, {}, {}, {}, {}}, root)).policies;
  ASSERT_EQ(attached.size(), 1U);
  EXPECT_EQ(attached[0].arn, basic_execution);
}

TEST_F(RoleTest, attaches_ten_policies_at_most) {
  account.add_role("renewer");
  const AttachRolePolicy attach{*account.database, account.directory};
  for (int i = 0; i < 10; ++i) {
    need(attach({"renewer", account.add_policy("p" + std::to_string(i))}, root));
  }
  EXPECT_EQ(message_of(attach({"renewer", basic_execution}, root)),
            "Cannot exceed quota for PoliciesPerRole: 10");
  EXPECT_TRUE(attach({"renewer", "arn:aws:iam::111122223333:policy/p1"}, root));
}

TEST_F(RoleTest, has_tags_by_key_in_whatever_case) {
  account.add_role("renewer");
  const TagRole tag{*account.database, account.directory};
  need(tag({"renewer", {{"team", "pki"}, {"Site", "north"}}}, root));
  need(tag({"renewer", {{"Team", "ops"}}}, root));
  const auto tags = need(ListRoleTags{*account.database}({"renewer", {}, 1}, root));
  EXPECT_EQ(tags.tags[0].key, "Site");
  ASSERT_TRUE(tags.is_truncated);
  const auto rest = need(ListRoleTags{*account.database}({"renewer", tags.marker, 1}, root));
  EXPECT_EQ(rest.tags[0].key, "Team");
  EXPECT_EQ(rest.tags[0].value, "ops");
  const UntagRole untag{*account.database, account.directory};
  need(untag({"renewer", {"TEAM", "missing"}}, root));
  EXPECT_EQ(role().tags.size(), 1U);
  EXPECT_EQ(untag.access({"renewer", {"TEAM"}}, root).context[0].first, "aws:TagKeys");
}

TEST_F(RoleTest, has_fifty_tags_at_most) {
  account.add_role("renewer");
  std::vector<shapes::Tag> tags;
  for (int i = 0; i < 50; ++i) tags.push_back({"k" + std::to_string(i), "v"});
  const TagRole tag{*account.database, account.directory};
  need(tag({"renewer", tags}, root));
  EXPECT_EQ(code_of(tag({"renewer", {{"one more", "v"}}}, root)), "LimitExceeded");
  EXPECT_EQ(role().tags.size(), 50U);
}

TEST_F(RoleTest, names_itself_as_the_resource_of_what_is_done_with_it) {
  account.add_role("renewer", "/x/");
  const std::string arn = "arn:aws:iam::111122223333:role/x/renewer";
  const UpdateAssumeRolePolicy update{*account.database, account.directory};
  EXPECT_EQ(GetRole{*account.database}.access({"renewer"}, root).resources[0], arn);
  EXPECT_EQ(update.access({"renewer", ""}, root).resources[0], arn);
  const AttachRolePolicy attach{*account.database, account.directory};
  const auto access = attach.access({"renewer", basic_execution}, root);
  EXPECT_EQ(access.resources[0], arn);
  EXPECT_EQ(access.context[0].second[0], basic_execution);
  EXPECT_EQ(GetRole{*account.database}.access({"missing"}, root).resources[0],
            "arn:aws:iam::111122223333:role/missing");
}

TEST_F(RoleTest, is_in_no_instance_profile) {
  account.add_role("renewer");
  const ListInstanceProfilesForRole list{*account.database};
  EXPECT_TRUE(need(list({"renewer", {}, {}}, root)).instance_profiles.empty());
  EXPECT_EQ(code_of(list({"missing", {}, {}}, root)), "NoSuchEntity");
}

class PolicyVersionTest : public testing::Test {
 protected:
  auto add_version(bool as_default = false, const std::string& document = std::string(allow_all)) {
    return CreatePolicyVersion{*account.database, account.directory, account.clock}(
        {arn, document, as_default}, root);
  }
  auto remove_version(const std::string& version) {
    return DeletePolicyVersion{*account.database}({arn, version}, root);
  }
  std::string default_version() {
    return need(GetPolicy{*account.database}({arn}, root)).policy.default_version_id;
  }

  TestAccount account;
  const std::string arn = account.add_policy("issue");
};

TEST_F(PolicyVersionTest, is_in_force_when_it_is_the_default) {
  const auto second = need(add_version()).policy_version;
  EXPECT_EQ(second.version_id, "v2");
  EXPECT_FALSE(second.is_default_version);
  EXPECT_EQ(default_version(), "v1");
  EXPECT_TRUE(need(add_version(true)).policy_version.is_default_version);
  EXPECT_EQ(default_version(), "v3");
  const SetDefaultPolicyVersion set{*account.database, account.directory, account.clock};
  need(set({arn, "v2"}, root));
  EXPECT_EQ(default_version(), "v2");
  EXPECT_EQ(message_of(set({arn, "v9"}, root)), "Policy version v9 does not exist.");
}

TEST_F(PolicyVersionTest, is_one_of_five_and_its_number_is_never_used_again) {
  for (int i = 2; i <= 5; ++i) need(add_version());
  EXPECT_EQ(message_of(add_version()), "Cannot exceed quota for VersionsPerPolicy: 5");
  need(remove_version("v5"));
  EXPECT_EQ(need(add_version()).policy_version.version_id, "v6");
}

TEST_F(PolicyVersionTest, is_not_deleted_while_it_is_the_default) {
  need(add_version());
  EXPECT_EQ(message_of(remove_version("v1")), "Cannot delete the default version of a policy.");
  const DeletePolicy remove{*account.database, account.directory};
  EXPECT_EQ(code_of(remove({arn}, root)), "DeleteConflict");
  need(remove_version("v2"));
  EXPECT_EQ(code_of(remove_version("v2")), "NoSuchEntity");
  need(remove({arn}, root));
}

TEST_F(PolicyVersionTest, is_not_added_to_what_belongs_to_aws) {
  const CreatePolicyVersion create{*account.database, account.directory, account.clock};
  EXPECT_EQ(code_of(create({basic_execution, std::string(allow_all), true}, root)), "AccessDenied");
  EXPECT_EQ(code_of(add_version(false, "{}")), "MalformedPolicyDocument");
}

}  // namespace
}  // namespace everseal::iam
