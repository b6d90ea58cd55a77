#include <gtest/gtest.h>

#include <set>

#include "encoding/percent.h"
#include "services/iam/operations/delete_access_key.h"
#include "services/iam/operations/delete_policy.h"
#include "services/iam/operations/delete_user.h"
#include "services/iam/operations/delete_user_policy.h"
#include "services/iam/operations/detach_user_policy.h"
#include "services/iam/operations/get_policy.h"
#include "services/iam/operations/get_policy_version.h"
#include "services/iam/operations/get_user.h"
#include "services/iam/operations/get_user_policy.h"
#include "services/iam/operations/list_access_keys.h"
#include "services/iam/operations/list_attached_user_policies.h"
#include "services/iam/operations/list_policies.h"
#include "services/iam/operations/list_policy_versions.h"
#include "services/iam/operations/list_user_policies.h"
#include "services/iam/operations/list_users.h"
#include "services/iam/operations/update_access_key.h"
#include "services/iam/service.h"
#include "services/iam/test_account.h"

namespace everseal::iam {
namespace {

constexpr const char* administrator = "arn:aws:iam::aws:policy/AdministratorAccess";

TEST(CreateUser, names_the_user_by_id_and_arn) {
  TestAccount account;
  const auto user = account.add_user("ops", "/plant/");
  EXPECT_EQ(user.arn, "arn:aws:iam::111122223333:user/plant/ops");
  EXPECT_EQ(user.user_id.substr(0, 4), "AIDA");
  EXPECT_EQ(user.user_id.size(), 21U);
  EXPECT_EQ(user.path, "/plant/");
  EXPECT_EQ(user.create_date, account.clock.now());
  EXPECT_EQ(account.add_user("dev").arn, "arn:aws:iam::111122223333:user/dev");
}

TEST(CreateUser, refuses_a_name_that_differs_in_case_only) {
  TestAccount account;
  account.add_user("ops");
  const CreateUser create{*account.database, account.directory, account.random, account.clock};
  const auto outcome = create({{}, "OPS", {}, {}}, TestAccount::as_root());
  EXPECT_EQ(code_of(outcome), "EntityAlreadyExists");
  EXPECT_EQ(outcome.error().http_status, 409);
  EXPECT_EQ(message_of(outcome), "User with name OPS already exists.");
}

TEST(CreateUser, keeps_tags_and_refuses_one_that_is_there_twice) {
  TestAccount account;
  const CreateUser create{*account.database, account.directory, account.random, account.clock};
  need(create({{}, "ops", {}, {{"team", "pki"}, {"Site", "north"}}}, TestAccount::as_root()));
  const auto got = need(GetUser{*account.database}({"ops"}, TestAccount::as_root()));
  ASSERT_EQ(got.user.tags.size(), 2U);
  EXPECT_EQ(got.user.tags[0].key, "Site");
  EXPECT_EQ(got.user.tags[1].value, "pki");
  EXPECT_EQ(code_of(create({{}, "dev", {}, {{"a", "1"}, {"A", "2"}}}, TestAccount::as_root())),
            "InvalidInput");
}

TEST(CreateUser, asks_for_the_right_to_the_new_user_and_its_tags) {
  TestAccount account;
  const CreateUser create{*account.database, account.directory, account.random, account.clock};
  const auto access =
      create.access({"/plant/", "ops", {}, {{"team", "pki"}}}, TestAccount::as_root());
  EXPECT_EQ(access.resources[0], "arn:aws:iam::111122223333:user/plant/ops");
  EXPECT_EQ(access.context[0].first, "aws:RequestTag/team");
  EXPECT_EQ(access.context[1].second, std::vector<std::string>{"team"});
}

TEST(GetUser, answers_about_whoever_calls_if_no_name_is_given) {
  TestAccount account;
  const auto user = account.add_user("ops", "/plant/");
  const GetUser get{*account.database};
  EXPECT_EQ(need(get({}, TestAccount::as(user))).user.user_id, user.user_id);
  const auto root = need(get({}, TestAccount::as_root())).user;
  EXPECT_EQ(root.arn, "arn:aws:iam::111122223333:root");
  EXPECT_EQ(root.user_id, test_account_id);
  EXPECT_FALSE(root.user_name);
  EXPECT_EQ(root.create_date, account.clock.now());
}

TEST(GetUser, refuses_a_name_that_nobody_has) {
  TestAccount account;
  account.add_user("ops");
  const GetUser get{*account.database};
  const auto outcome = get({"Ops"}, TestAccount::as_root());
  EXPECT_EQ(code_of(outcome), "NoSuchEntity");
  EXPECT_EQ(outcome.error().http_status, 404);
  EXPECT_EQ(message_of(outcome), "The user with name Ops cannot be found.");
}

TEST(ListUsers, pages_through_all_users_in_order) {
  TestAccount account;
  for (const char* name : {"delta", "Bravo", "alpha", "Charlie", "echo"}) account.add_user(name);
  const ListUsers list{*account.database};
  std::vector<std::string> names;
  ListUsers::Request request{{}, {}, 2};
  int pages = 0;
  do {
    const auto page = need(list(request, TestAccount::as_root()));
    EXPECT_EQ(page.is_truncated, page.marker.has_value());
    for (const auto& user : page.users) names.push_back(*user.user_name);
    request.marker = page.marker;
    ++pages;
  } while (request.marker);
  EXPECT_EQ(names, (std::vector<std::string>{"alpha", "Bravo", "Charlie", "delta", "echo"}));
  EXPECT_EQ(pages, 3);
}

TEST(ListUsers, looks_below_a_path) {
  TestAccount account;
  account.add_user("a", "/plant/north/");
  account.add_user("b", "/plant/south/");
  account.add_user("c");
  const ListUsers list{*account.database};
  EXPECT_EQ(need(list({"/plant/", {}, {}}, TestAccount::as_root())).users.size(), 2U);
  EXPECT_EQ(need(list({"/plant/s", {}, {}}, TestAccount::as_root())).users.size(), 1U);
}

TEST(ListUsers, refuses_the_marker_of_another_list) {
  TestAccount account;
  account.add_user("a");
  account.add_user("b");
  const ListUsers list{*account.database};
  const auto first = need(list({{}, {}, 1}, TestAccount::as_root()));
  EXPECT_EQ(code_of(list({"/x/", first.marker, 1}, TestAccount::as_root())), "ValidationError");
  EXPECT_EQ(code_of(list({{}, "nonsense", 1}, TestAccount::as_root())), "ValidationError");
}

TEST(DeleteUser, refuses_until_the_user_holds_nothing) {
  TestAccount account;
  account.add_user("ops");
  const auto key = account.add_key("ops");
  account.put_policy("ops", "all");
  account.attach("ops", administrator);
  const DeleteUser remove{*account.database};
  const auto root = TestAccount::as_root();
  EXPECT_EQ(message_of(remove({"ops"}, root)),
            "Cannot delete entity, must delete access keys first.");
  need(DeleteAccessKey{*account.database, account.directory}({"ops", key.access_key_id}, root));
  EXPECT_EQ(message_of(remove({"ops"}, root)), "Cannot delete entity, must delete policies first.");
  need(DeleteUserPolicy{*account.database, account.directory}({"ops", "all"}, root));
  const auto outcome = remove({"ops"}, root);
  EXPECT_EQ(message_of(outcome), "Cannot delete entity, must detach all policies first.");
  EXPECT_EQ(code_of(outcome), "DeleteConflict");
  EXPECT_EQ(outcome.error().http_status, 409);
  need(DetachUserPolicy{*account.database, account.directory}({"ops", administrator}, root));
  need(remove({"ops"}, root));
  EXPECT_EQ(code_of(remove({"ops"}, root)), "NoSuchEntity");
}

TEST(CreateAccessKey, shows_the_secret_once) {
  TestAccount account;
  account.add_user("ops");
  const auto key = account.add_key("ops");
  EXPECT_EQ(key.access_key_id.substr(0, 4), "AKIA");
  EXPECT_EQ(key.access_key_id.size(), 20U);
  EXPECT_EQ(key.secret_access_key.size(), 40U);
  EXPECT_EQ(key.status, shapes::KeyStatus::Active);
  EXPECT_EQ(key.user_name, "ops");
}

TEST(CreateAccessKey, gives_two_keys_at_most) {
  TestAccount account;
  account.add_user("ops");
  const auto first = account.add_key("ops");
  const auto second = account.add_key("ops");
  EXPECT_NE(first.access_key_id, second.access_key_id);
  const CreateAccessKey create{*account.database, account.vault, account.random, account.clock};
  const auto third = create({"ops"}, TestAccount::as_root());
  EXPECT_EQ(code_of(third), "LimitExceeded");
  EXPECT_EQ(message_of(third), "Cannot exceed quota for AccessKeysPerUser: 2");
}

TEST(CreateAccessKey, is_for_whoever_calls_if_no_name_is_given) {
  TestAccount account;
  const auto user = account.add_user("ops");
  const CreateAccessKey create{*account.database, account.vault, account.random, account.clock};
  EXPECT_EQ(need(create({}, TestAccount::as(user))).access_key.user_name, "ops");
  EXPECT_FALSE(need(create({}, TestAccount::as_root())).access_key.user_name);
  const ListAccessKeys list{*account.database};
  EXPECT_EQ(need(list({}, TestAccount::as(user))).access_key_metadata.size(), 1U);
  EXPECT_EQ(need(list({}, TestAccount::as_root())).access_key_metadata.size(), 2U);
}

TEST(CreateAccessKey, gives_none_to_a_caller_who_was_deleted_meanwhile) {
  TestAccount account;
  const auto caller = TestAccount::as(account.add_user("ops"));
  const CreateAccessKey create{*account.database, account.vault, account.random, account.clock};
  const DeleteUser remove{*account.database};
  need(remove({"ops"}, TestAccount::as_root()));
  EXPECT_EQ(code_of(create({std::nullopt}, caller)), "NoSuchEntity");
  account.add_user("ops");  // another one of that name
  EXPECT_EQ(code_of(create({std::nullopt}, caller)), "NoSuchEntity");
}

TEST(CreateAccessKey, keeps_the_secret_sealed) {
  TestAccount account;
  account.add_user("ops");
  const auto key = account.add_key("ops");
  const auto row = need(account.database->read([&](sql::Snapshot& view) {
    return view.one("SELECT sealed_secret FROM iam_access_key WHERE id = $1", key.access_key_id);
  }));
  EXPECT_EQ(to_text(row->blob(0)).find(key.secret_access_key), std::string::npos);
}

TEST(ListAccessKeys, pages_through_the_keys) {
  TestAccount account;
  account.add_user("ops");
  account.add_key("ops");
  account.add_key("ops");
  const ListAccessKeys list{*account.database};
  const auto first = need(list({"ops", {}, 1}, TestAccount::as_root()));
  ASSERT_TRUE(first.is_truncated);
  const auto second = need(list({"ops", first.marker, 1}, TestAccount::as_root()));
  EXPECT_FALSE(second.is_truncated);
  EXPECT_LT(first.access_key_metadata[0].access_key_id,
            second.access_key_metadata[0].access_key_id);
}

TEST(UpdateAccessKey, switches_a_key_off_and_on) {
  TestAccount account;
  account.add_user("ops");
  const auto key = account.add_key("ops");
  const UpdateAccessKey update{*account.database, account.directory};
  const ListAccessKeys list{*account.database};
  const auto status = [&] {
    return need(list({"ops", {}, {}}, TestAccount::as_root())).access_key_metadata[0].status;
  };
  need(update({"ops", key.access_key_id, shapes::KeyStatus::Inactive}, TestAccount::as_root()));
  EXPECT_EQ(status(), shapes::KeyStatus::Inactive);
  need(update({"ops", key.access_key_id, shapes::KeyStatus::Active}, TestAccount::as_root()));
  EXPECT_EQ(status(), shapes::KeyStatus::Active);
}

TEST(DeleteAccessKey, refuses_a_key_that_somebody_else_holds) {
  TestAccount account;
  account.add_user("ops");
  account.add_user("dev");
  const auto key = account.add_key("ops");
  const DeleteAccessKey remove{*account.database, account.directory};
  const auto outcome = remove({"dev", key.access_key_id}, TestAccount::as_root());
  EXPECT_EQ(code_of(outcome), "NoSuchEntity");
  EXPECT_EQ(message_of(outcome),
            "The Access Key with id " + key.access_key_id + " cannot be found.");
  need(remove({"ops", key.access_key_id}, TestAccount::as_root()));
}

TEST(PutUserPolicy, takes_the_place_of_the_policy_of_that_name) {
  TestAccount account;
  account.add_user("ops");
  const std::string second =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]})";
  account.put_policy("ops", "p", allow_all);
  account.put_policy("ops", "p", second);
  const auto got = need(GetUserPolicy{*account.database}({"ops", "p"}, TestAccount::as_root()));
  EXPECT_EQ(got.policy_document.find('{'), std::string::npos);
  EXPECT_EQ(need(encoding::percent_decode(got.policy_document)), second);
  const auto listed =
      need(ListUserPolicies{*account.database}({"ops", {}, {}}, TestAccount::as_root()));
  EXPECT_EQ(listed.policy_names, std::vector<std::string>{"p"});
}

TEST(PutUserPolicy, refuses_a_document_that_is_no_policy) {
  TestAccount account;
  account.add_user("ops");
  const PutUserPolicy put{*account.database, account.directory};
  const auto outcome = put({"ops", "p", "{}"}, TestAccount::as_root());
  EXPECT_EQ(code_of(outcome), "MalformedPolicyDocument");
  EXPECT_EQ(outcome.error().http_status, 400);
  EXPECT_EQ(message_of(outcome), "Missing required field Statement");
}

TEST(PutUserPolicy, counts_all_inline_policies_of_the_user_without_white_space) {
  TestAccount account;
  account.add_user("ops");
  const auto of_size = [](std::size_t letters) {
    const std::string start = R"({"Version":"2012-10-17","Id":")";
    const std::string end = R"(","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})";
    return start + std::string(letters - start.size() - end.size(), 'x') + end;
  };
  const PutUserPolicy put{*account.database, account.directory};
  need(put({"ops", "a", of_size(1024) + std::string(500, ' ')}, TestAccount::as_root()));
  need(put({"ops", "b", of_size(1024)}, TestAccount::as_root()));
  need(put({"ops", "b", of_size(1023)}, TestAccount::as_root()));
  const auto outcome = put({"ops", "b", of_size(1025)}, TestAccount::as_root());
  EXPECT_EQ(code_of(outcome), "LimitExceeded");
  EXPECT_EQ(message_of(outcome), "Maximum policy size of 2048 bytes exceeded for user ops");
}

TEST(DeleteUserPolicy, refuses_a_policy_that_the_user_has_not) {
  TestAccount account;
  account.add_user("ops");
  const DeleteUserPolicy remove{*account.database, account.directory};
  EXPECT_EQ(message_of(remove({"ops", "p"}, TestAccount::as_root())),
            "The user policy with name p cannot be found.");
  EXPECT_EQ(code_of(GetUserPolicy{*account.database}({"ops", "p"}, TestAccount::as_root())),
            "NoSuchEntity");
}

TEST(CreatePolicy, makes_version_1_and_names_it_by_arn) {
  TestAccount account;
  const CreatePolicy create{*account.database, account.random, account.clock};
  const auto policy =
      need(create({"issue", "/plant/", std::string(allow_all), "for issuing", {{"team", "pki"}}},
                  TestAccount::as_root()))
          .policy;
  EXPECT_EQ(policy.arn, "arn:aws:iam::111122223333:policy/plant/issue");
  EXPECT_EQ(policy.policy_id.substr(0, 4), "ANPA");
  EXPECT_EQ(policy.default_version_id, "v1");
  const auto got = need(GetPolicy{*account.database}({policy.arn}, TestAccount::as_root())).policy;
  EXPECT_EQ(got.description, "for issuing");
  EXPECT_EQ(got.tags[0].value, "pki");
  EXPECT_EQ(got.attachment_count, 0);
}

TEST(CreatePolicy, refuses_names_in_use_and_documents_too_long_or_malformed) {
  TestAccount account;
  account.add_policy("issue");
  const CreatePolicy create{*account.database, account.random, account.clock};
  const auto make = [&](const std::string& name, const std::string& document) {
    return create({name, {}, document, {}, {}}, TestAccount::as_root());
  };
  EXPECT_EQ(message_of(make("Issue", std::string(allow_all))),
            "A policy called Issue already exists. Duplicate names are not allowed.");
  EXPECT_EQ(code_of(make("x", "[")), "MalformedPolicyDocument");
  const std::string id(6144, 'x');
  const auto outcome = make("x", R"({"Id":")" + id + R"(","Statement":{"Effect":"Allow",)" +
                                     R"("Action":"*","Resource":"*"}})");
  EXPECT_EQ(message_of(outcome), "Cannot exceed quota for PolicySize: 6144");
}

TEST(GetPolicyVersion, shows_the_document_percent_encoded) {
  TestAccount account;
  const auto arn = account.add_policy("issue");
  const GetPolicyVersion get{*account.database};
  const auto version = need(get({arn, "v1"}, TestAccount::as_root())).policy_version;
  EXPECT_EQ(need(encoding::percent_decode(*version.document)), allow_all);
  EXPECT_TRUE(version.is_default_version);
  EXPECT_EQ(message_of(get({arn, "v2"}, TestAccount::as_root())),
            "Policy version v2 does not exist.");
  const auto listed =
      need(ListPolicyVersions{*account.database}({arn, {}, {}}, TestAccount::as_root()));
  ASSERT_EQ(listed.versions.size(), 1U);
  EXPECT_FALSE(listed.versions[0].document);
}

TEST(GetPolicy, knows_the_policies_of_aws) {
  TestAccount account;
  const auto policy =
      need(GetPolicy{*account.database}({administrator}, TestAccount::as_root())).policy;
  EXPECT_EQ(policy.policy_name, "AdministratorAccess");
  const std::string unknown = "arn:aws:iam::aws:policy/Unknown";
  EXPECT_EQ(code_of(GetPolicy{*account.database}({unknown}, TestAccount::as_root())),
            "NoSuchEntity");
}

TEST(ListPolicies, tells_own_ones_and_those_of_aws_apart) {
  TestAccount account;
  account.add_user("ops");
  account.add_policy("mine");
  account.attach("ops", account.add_policy("used"));
  const ListPolicies list{*account.database};
  const auto names = [&](std::optional<ListPolicies::Scope> scope, bool only_attached) {
    std::vector<std::string> found;
    ListPolicies::Request request{scope, only_attached, {}, {}, {}, 1};
    do {
      const auto page = need(list(request, TestAccount::as_root()));
      for (const auto& policy : page.policies) found.push_back(policy.policy_name);
      request.marker = page.marker;
    } while (request.marker);
    return found;
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(names(ListPolicies::Scope::Local, false), (Names{"mine", "used"}));
  EXPECT_EQ(names(std::nullopt, true), Names{"used"});
  const auto of_aws = names(ListPolicies::Scope::Aws, false);
  EXPECT_EQ(of_aws.front(), "AdministratorAccess");
  EXPECT_EQ(names(std::nullopt, false).size(), of_aws.size() + 2);
  EXPECT_EQ(std::set<std::string>(of_aws.begin(), of_aws.end()).size(), of_aws.size());
}

TEST(ListPolicies, finds_no_boundaries_where_there_are_none) {
  TestAccount account;
  const ListPolicies list{*account.database};
  const ListPolicies::Request request{{}, {}, {}, ListPolicies::Usage::PermissionsBoundary, {}, {}};
  EXPECT_TRUE(need(list(request, TestAccount::as_root())).policies.empty());
}

TEST(DeletePolicy, refuses_while_it_is_attached) {
  TestAccount account;
  account.add_user("ops");
  const auto arn = account.add_policy("issue");
  account.attach("ops", arn);
  const DeletePolicy remove{*account.database, account.directory};
  EXPECT_EQ(code_of(remove({arn}, TestAccount::as_root())), "DeleteConflict");
  need(
      DetachUserPolicy{*account.database, account.directory}({"ops", arn}, TestAccount::as_root()));
  need(remove({arn}, TestAccount::as_root()));
  EXPECT_EQ(code_of(remove({arn}, TestAccount::as_root())), "NoSuchEntity");
}

TEST(DeletePolicy, leaves_the_policies_of_aws_alone) {
  TestAccount account;
  EXPECT_EQ(code_of(DeletePolicy{*account.database, account.directory}({administrator},
                                                                       TestAccount::as_root())),
            "AccessDenied");
}

TEST(AttachUserPolicy, counts_attachments_and_is_done_if_it_was_before) {
  TestAccount account;
  account.add_user("ops");
  const auto arn = account.add_policy("issue");
  account.attach("ops", arn);
  account.attach("ops", arn);
  EXPECT_EQ(
      need(GetPolicy{*account.database}({arn}, TestAccount::as_root())).policy.attachment_count, 1);
  const AttachUserPolicy attach{*account.database, account.directory};
  const std::string missing = "arn:aws:iam::111122223333:policy/none";
  EXPECT_EQ(message_of(attach({"ops", missing}, TestAccount::as_root())),
            "Policy " + missing + " does not exist or is not attachable.");
}

TEST(AttachUserPolicy, attaches_ten_at_most) {
  TestAccount account;
  account.add_user("ops");
  for (char letter = 'a'; letter < 'a' + 10; ++letter) {
    account.attach("ops", account.add_policy(std::string(1, letter)));
  }
  const AttachUserPolicy attach{*account.database, account.directory};
  const auto outcome = attach({"ops", administrator}, TestAccount::as_root());
  EXPECT_EQ(message_of(outcome), "Cannot exceed quota for PoliciesPerUser: 10");
}

TEST(AttachUserPolicy, lets_conditions_ask_which_policy) {
  TestAccount account;
  account.add_user("ops", "/plant/");
  const AttachUserPolicy attach{*account.database, account.directory};
  const auto access = attach.access({"ops", administrator}, TestAccount::as_root());
  EXPECT_EQ(access.resources[0], "arn:aws:iam::111122223333:user/plant/ops");
  EXPECT_EQ(access.context[0].second[0], administrator);
}

TEST(DetachUserPolicy, refuses_what_is_not_attached) {
  TestAccount account;
  account.add_user("ops");
  const DetachUserPolicy detach{*account.database, account.directory};
  EXPECT_EQ(code_of(detach({"ops", administrator}, TestAccount::as_root())), "NoSuchEntity");
}

TEST(ListAttachedUserPolicies, pages_by_arn_and_looks_below_a_path) {
  TestAccount account;
  account.add_user("ops");
  account.attach("ops", account.add_policy("b"));
  account.attach("ops", account.add_policy("a"));
  account.attach("ops", administrator);
  const ListAttachedUserPolicies list{*account.database};
  const auto first = need(list({"ops", {}, {}, 2}, TestAccount::as_root()));
  ASSERT_TRUE(first.is_truncated);
  const auto second = need(list({"ops", {}, first.marker, 2}, TestAccount::as_root()));
  EXPECT_EQ(first.attached_policies[0].policy_name, "a");
  EXPECT_EQ(second.attached_policies[0].policy_name, "AdministratorAccess");
  EXPECT_TRUE(need(list({"ops", "/x/", {}, {}}, TestAccount::as_root())).attached_policies.empty());
}

TEST(Service, offers_every_operation_once) {
  TestAccount account;
  const auto service = make_service(
      {*account.database, account.directory, account.vault, account.random, account.clock});
  EXPECT_EQ(service.operations().size(), 65U);
  EXPECT_NE(service.find("CreateUser"), nullptr);
  EXPECT_EQ(service.find("CreateInstanceProfile"), nullptr);
}

}  // namespace
}  // namespace everseal::iam
