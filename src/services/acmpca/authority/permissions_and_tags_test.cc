#include <gtest/gtest.h>

#include "services/acmpca/operations/create_permission.h"
#include "services/acmpca/operations/delete_certificate_authority.h"
#include "services/acmpca/operations/delete_permission.h"
#include "services/acmpca/operations/describe_certificate_authority.h"
#include "services/acmpca/operations/get_certificate_authority_certificate.h"
#include "services/acmpca/operations/list_permissions.h"
#include "services/acmpca/operations/list_tags.h"
#include "services/acmpca/operations/tag_certificate_authority.h"
#include "services/acmpca/operations/untag_certificate_authority.h"
#include "services/acmpca/operations/update_certificate_authority.h"
#include "services/acmpca/testing/test_ca.h"

namespace everseal::acmpca {
namespace {

using testing::TestCa;

constexpr std::string_view acm = "acm.amazonaws.com";

std::string_view code_of(const auto& answer) {
  return answer ? std::string_view("(none)") : answer.error().code;
}

CreatePermission::Request permission(const AuthorityArn& ca, std::vector<PermittedAction> actions) {
  return {ca, std::string(acm), std::nullopt, std::move(actions)};
}

const std::vector<PermittedAction> all_actions = {PermittedAction::IssueCertificate,
                                                  PermittedAction::GetCertificate,
                                                  PermittedAction::ListPermissions};

TEST(CreatePermission, grants_acm_once_on_an_active_ca) {
  TestCa world;
  const auto ca = world.active_root();
  ASSERT_TRUE(world.run<CreatePermission>(permission(ca, all_actions)).has_value());
  EXPECT_EQ(code_of(world.run<CreatePermission>(permission(ca, all_actions))),
            "PermissionAlreadyExistsException");
  const auto listed = world.run<ListPermissions>({ca, std::nullopt, std::nullopt});
  ASSERT_EQ(listed->permissions.size(), 1U);
  EXPECT_EQ(listed->permissions[0].principal, acm);
  EXPECT_EQ(listed->permissions[0].source_account, "111122223333");
  EXPECT_EQ(listed->permissions[0].actions, all_actions);
  EXPECT_EQ(listed->permissions[0].created_at, world.clock.now());
  EXPECT_EQ(listed->permissions[0].certificate_authority_arn, ca.text());
}

TEST(CreatePermission, refuses_other_principals_repeated_actions_and_cas_that_are_not_active) {
  TestCa world;
  const auto ca = world.active_root();
  auto stranger = permission(ca, all_actions);
  stranger.principal = "lambda.amazonaws.com";
  EXPECT_EQ(code_of(world.run<CreatePermission>(stranger)), "ValidationException");
  EXPECT_EQ(code_of(world.run<CreatePermission>(permission(
                ca, {PermittedAction::GetCertificate, PermittedAction::GetCertificate}))),
            "ValidationException");
  const auto pending = world.create(CaType::Root);
  EXPECT_EQ(code_of(world.run<CreatePermission>(permission(pending, all_actions))),
            "InvalidStateException");
}

TEST(DeletePermission, takes_back_what_was_granted_and_nothing_else) {
  TestCa world;
  const auto ca = world.active_root();
  const DeletePermission::Request request{ca, std::string(acm), std::nullopt};
  EXPECT_EQ(code_of(world.run<DeletePermission>(request)), "ResourceNotFoundException");
  ASSERT_TRUE(world.run<CreatePermission>(permission(ca, all_actions)).has_value());
  EXPECT_EQ(code_of(world.run<DeletePermission>({ca, std::string(acm), "444455556666"})),
            "ResourceNotFoundException");
  EXPECT_TRUE(world.run<DeletePermission>(request).has_value());
  EXPECT_TRUE(world.run<ListPermissions>({ca, std::nullopt, std::nullopt})->permissions.empty());
}

TEST(ListPermissions, pages_in_order_and_refuses_foreign_tokens) {
  TestCa world;
  const auto ca = world.active_root();
  for (const auto* account : {"111122223333", "444455556666", "777788889999"}) {
    auto request = permission(ca, {PermittedAction::GetCertificate});
    request.source_account = account;
    ASSERT_TRUE(world.run<CreatePermission>(request).has_value());
  }
  const auto first = world.run<ListPermissions>({ca, 2, std::nullopt});
  ASSERT_EQ(first->permissions.size(), 2U);
  const auto second = world.run<ListPermissions>({ca, 2, first->next_token});
  ASSERT_EQ(second->permissions.size(), 1U);
  EXPECT_EQ(second->permissions[0].source_account, "777788889999");
  EXPECT_FALSE(second->next_token.has_value());
  const auto other = world.active_root();
  EXPECT_EQ(code_of(world.run<ListPermissions>({other, 2, first->next_token})),
            "InvalidNextTokenException");
}

TEST(TagCertificateAuthority, replaces_values_and_untag_compares_them) {
  TestCa world;
  const auto ca = world.create(CaType::Root);
  ASSERT_TRUE(
      world.run<TagCertificateAuthority>({ca, {{"team", "web"}, {"env", "test"}}}).has_value());
  ASSERT_TRUE(world.run<TagCertificateAuthority>({ca, {{"team", "pki"}}}).has_value());
  ASSERT_TRUE(world.run<UntagCertificateAuthority>({ca, {{"team", "web"}}}).has_value());
  const auto tags = [&] {
    std::vector<std::pair<std::string, std::string>> all;
    const auto listed = world.run<ListTags>({ca, std::nullopt, std::nullopt});
    for (const auto& tag : listed->tags) all.emplace_back(tag.key, tag.value.value_or("(none)"));
    return all;
  };
  using Tags = decltype(tags());
  EXPECT_EQ(tags(), (Tags{{"env", "test"}, {"team", "pki"}}));
  ASSERT_TRUE(world.run<UntagCertificateAuthority>({ca, {{"team", std::nullopt}}}).has_value());
  ASSERT_TRUE(world.run<UntagCertificateAuthority>({ca, {{"env", "test"}}}).has_value());
  EXPECT_EQ(tags(), Tags{});
}

TEST(TagCertificateAuthority, refuses_more_tags_than_the_quota_and_reserved_keys) {
  TestCa world(Settings{.tags = 2});
  const auto ca = world.create(CaType::Root);
  EXPECT_EQ(code_of(world.run<TagCertificateAuthority>({ca, {{"aws:x", "1"}}})),
            "InvalidTagException");
  EXPECT_EQ(code_of(world.run<TagCertificateAuthority>({ca, {{"a", "1"}, {"b", "2"}, {"c", "3"}}})),
            "TooManyTagsException");
  EXPECT_TRUE(world.run<ListTags>({ca, std::nullopt, std::nullopt})->tags.empty());
}

TEST(TagCertificateAuthority, refuses_keys_that_no_policy_can_tell_apart) {
  TestCa world;
  const auto ca = world.create(CaType::Root);
  const auto tagged = [&](std::vector<Tag> tags) {
    return code_of(world.run<TagCertificateAuthority>({ca, std::move(tags)}));
  };
  EXPECT_EQ(tagged({{"team", "pki"}, {"Team", "prod"}}), "InvalidTagException");
  ASSERT_TRUE(world.run<TagCertificateAuthority>({ca, {{"team", "pki"}}}).has_value());
  EXPECT_EQ(tagged({{"Team", "prod"}}), "InvalidTagException");
  const auto kept = world.run<ListTags>({ca, std::nullopt, std::nullopt})->tags;
  ASSERT_EQ(kept.size(), 1U);
  EXPECT_EQ(kept[0].key, "team");
}

TEST(ListTags, pages_by_key) {
  TestCa world;
  const auto ca = world.create(CaType::Root);
  ASSERT_TRUE(
      world.run<TagCertificateAuthority>({ca, {{"c", "3"}, {"a", "1"}, {"b", "2"}}}).has_value());
  const auto first = world.run<ListTags>({ca, 2, std::nullopt});
  ASSERT_EQ(first->tags.size(), 2U);
  EXPECT_EQ(first->tags[1].key, "b");
  const auto second = world.run<ListTags>({ca, 2, first->next_token});
  ASSERT_EQ(second->tags.size(), 1U);
  EXPECT_EQ(second->tags[0].key, "c");
  EXPECT_EQ(code_of(world.run<ListTags>({ca, 2, "nonsense"})), "ValidationException");
}

TEST(EveryOperation, refuses_a_deleted_ca_by_its_state) {
  TestCa world;
  const auto ca = world.create(CaType::Root);
  ASSERT_TRUE(world.run<DeleteCertificateAuthority>({ca, 7}).has_value());
  for (const auto code : {
           code_of(world.run<TagCertificateAuthority>({ca, {{"a", "1"}}})),
           code_of(world.run<UntagCertificateAuthority>({ca, {{"a", "1"}}})),
           code_of(world.run<ListTags>({ca, std::nullopt, std::nullopt})),
           code_of(world.run<ListPermissions>({ca, std::nullopt, std::nullopt})),
           code_of(world.run<DeletePermission>({ca, std::string(acm), std::nullopt})),
           code_of(world.run<CreatePermission>(permission(ca, all_actions))),
           code_of(world.run<UpdateCertificateAuthority>({ca, std::nullopt, CaStatus::Active})),
           code_of(world.run<DeleteCertificateAuthority>({ca, 7})),
           code_of(world.run<GetCertificateAuthorityCertificate>({ca})),
       }) {
    EXPECT_EQ(code, "InvalidStateException");
  }
}

TEST(EveryOperation, is_judged_by_the_cas_tags_if_a_policy_asks_for_them) {
  TestCa world;
  const auto ca = world.create(CaType::Root);
  ASSERT_TRUE(world.run<TagCertificateAuthority>({ca, {{"team", "web"}}}).has_value());
  const auto access = world.operation<DescribeCertificateAuthority>().access({ca}, world.call);
  EXPECT_EQ(access.resources, std::vector<std::string>{ca.text()});
  EXPECT_EQ(*access.resource_tags(), (aws::Tags{{"team", "web"}}));
}

}  // namespace
}  // namespace everseal::acmpca
