#include "services/iam/directory.h"

#include <gtest/gtest.h>

#include <stop_token>
#include <thread>
#include <vector>

#include "services/iam/operations/delete_access_key.h"
#include "services/iam/operations/delete_user_policy.h"
#include "services/iam/operations/detach_user_policy.h"
#include "services/iam/operations/get_user.h"
#include "services/iam/operations/update_access_key.h"
#include "services/iam/test_account.h"

namespace everseal::iam {
namespace {

using aws::sigv4::Absence;
using aws::sigv4::Credential;

const Credential* known(const std::variant<Credential, Absence>& found) {
  return std::get_if<Credential>(&found);
}

TEST(Directory, knows_the_root_user_by_its_key) {
  const TestAccount account;
  const auto found = need(account.directory.find("AKIAROOTROOTROOTROOT", std::nullopt));
  const Credential* credential = known(found);
  ASSERT_NE(credential, nullptr);
  EXPECT_EQ(credential->secret->reveal_text(), "root secret");
  EXPECT_EQ(credential->caller.kind, aws::Caller::Kind::Root);
  EXPECT_EQ(credential->caller.arn, "arn:aws:iam::111122223333:root");
  EXPECT_EQ(credential->caller.user_id, test_account_id);
}

TEST(Directory, knows_a_user_by_its_key) {
  TestAccount account;
  const auto user = account.add_user("ops", "/plant/");
  const auto key = account.add_key("ops");
  const auto found = need(account.directory.find(key.access_key_id, std::nullopt));
  const Credential* credential = known(found);
  ASSERT_NE(credential, nullptr);
  EXPECT_EQ(credential->secret->reveal_text(), key.secret_access_key);
  EXPECT_EQ(credential->caller.kind, aws::Caller::Kind::User);
  EXPECT_EQ(credential->caller.arn, user.arn);
  EXPECT_EQ(credential->caller.user_name, "ops");
  EXPECT_EQ(credential->caller.access_key_id, key.access_key_id);
}

TEST(Directory, knows_no_other_keys_and_wants_no_session_tokens) {
  const TestAccount account;
  EXPECT_EQ(std::get<Absence>(need(account.directory.find("AKIAUNKNOWN", std::nullopt))),
            Absence::Unknown);
  EXPECT_EQ(std::get<Absence>(need(account.directory.find("AKIAROOTROOTROOTROOT", "token"))),
            Absence::BadToken);
}

TEST(Directory, knows_no_key_whose_user_is_gone) {
  TestAccount account;
  account.add_user("ops");
  const auto key = account.add_key("ops").access_key_id;
  need(
      account.database->write([](sql::Transaction& tx) { return tx.run("DELETE FROM iam_user"); }));
  EXPECT_EQ(std::get<Absence>(need(account.directory.find(key, std::nullopt))), Absence::Unknown);
}

TEST(Directory, forgets_a_key_that_is_switched_off_or_deleted) {
  TestAccount account;
  account.add_user("ops");
  const auto key = account.add_key("ops").access_key_id;
  const auto is_known = [&] {
    return known(need(account.directory.find(key, std::nullopt))) != nullptr;
  };
  const UpdateAccessKey update{*account.database, account.directory};
  EXPECT_TRUE(is_known());
  need(update({"ops", key, shapes::KeyStatus::Inactive}, TestAccount::as_root()));
  EXPECT_FALSE(is_known());
  need(update({"ops", key, shapes::KeyStatus::Active}, TestAccount::as_root()));
  EXPECT_TRUE(is_known());
  need(DeleteAccessKey{*account.database, account.directory}({"ops", key}, TestAccount::as_root()));
  EXPECT_FALSE(is_known());
}

TEST(Directory, shows_every_reader_a_change_that_was_answered) {
  TestAccount account;
  account.add_user("ops");
  const auto key = account.add_key("ops").access_key_id;
  const UpdateAccessKey update{*account.database, account.directory};
  const auto is_known = [&] {
    return known(need(account.directory.find(key, std::nullopt))) != nullptr;
  };
  std::vector<std::jthread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&](const std::stop_token& stop) {
      while (!stop.stop_requested()) is_known();
    });
  }
  for (int round = 0; round < 50; ++round) {
    need(update({"ops", key, shapes::KeyStatus::Inactive}, TestAccount::as_root()));
    ASSERT_FALSE(is_known()) << round;
    need(update({"ops", key, shapes::KeyStatus::Active}, TestAccount::as_root()));
    ASSERT_TRUE(is_known()) << round;
  }
}

TEST(Directory, says_whose_account_a_key_belongs_to) {
  TestAccount account;
  EXPECT_EQ(need(account.directory.account_of("AKIAROOTROOTROOTROOT")), test_account_id);
  EXPECT_EQ(need(account.directory.account_of("AKIAUNKNOWN")), std::nullopt);
}

TEST(Directory, reads_inline_and_attached_policies_and_follows_their_changes) {
  TestAccount account;
  const auto user = account.add_user("ops");
  const auto count = [&] { return need(account.directory.policies_of(user.user_id))->size(); };
  EXPECT_EQ(count(), 0U);
  account.put_policy("ops", "a");
  EXPECT_EQ(count(), 1U);
  const auto arn = account.add_policy("b");
  account.attach("ops", arn);
  EXPECT_EQ(count(), 2U);
  need(
      DetachUserPolicy{*account.database, account.directory}({"ops", arn}, TestAccount::as_root()));
  need(
      DeleteUserPolicy{*account.database, account.directory}({"ops", "a"}, TestAccount::as_root()));
  EXPECT_EQ(count(), 0U);
}

TEST(Directory, fails_if_a_policy_cannot_be_read_any_more) {
  TestAccount account;
  const auto user = account.add_user("ops");
  account.put_policy("ops", "a");
  need(account.database->write(
      [](sql::Transaction& tx) { return tx.run("UPDATE iam_user_policy SET document = 'x'"); }));
  const auto policies = account.directory.policies_of(user.user_id);
  ASSERT_FALSE(policies);
  EXPECT_EQ(policies.error().kind, Fault::Kind::Broken);
}

TEST(Remembered, keeps_nothing_that_was_read_before_a_change) {
  Remembered<int> values(2);
  const auto age = values.age();
  values.forget("a");
  values.remember("a", std::make_shared<const int>(1), age);
  EXPECT_EQ(values.find("a"), nullptr);
  values.remember("a", std::make_shared<const int>(2), values.age());
  EXPECT_EQ(*values.find("a"), 2);
}

TEST(Remembered, begins_anew_when_it_is_full) {
  Remembered<int> values(2);
  for (const char* key : {"a", "b", "c"}) {
    values.remember(key, std::make_shared<const int>(1), values.age());
  }
  EXPECT_EQ(values.find("a"), nullptr);
  EXPECT_NE(values.find("c"), nullptr);
}

std::string denial(const TestAccount& account, const aws::Call& call, const aws::Access& access) {
  const auto denied = need(account.authorizer.authorize(call, "acm:GetCertificate", access));
  return denied ? denied->message : "";
}

constexpr const char* certificate = "arn:aws:acm:eu-west-1:111122223333:certificate/a";

TEST(Authorizer, lets_root_and_those_whose_policies_allow) {
  TestAccount account;
  const auto user = account.add_user("ops");
  EXPECT_EQ(denial(account, TestAccount::as_root(), aws::on(certificate)), "");
  EXPECT_EQ(denial(account, TestAccount::as(user), aws::on(certificate)),
            "User: arn:aws:iam::111122223333:user/ops is not authorized to perform: "
            "acm:GetCertificate on resource: arn:aws:acm:eu-west-1:111122223333:certificate/a "
            "because no identity-based policy allows the acm:GetCertificate action");
  account.attach("ops", "arn:aws:iam::aws:policy/AWSCertificateManagerReadOnly");
  EXPECT_EQ(denial(account, TestAccount::as(user), aws::on(certificate)), "");
}

TEST(Authorizer, wants_every_resource_to_be_allowed) {
  TestAccount account;
  const auto user = account.add_user("ops");
  account.put_policy("ops", "a",
                     R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*",)"
                     R"("Resource":"arn:aws:acm:*:*:certificate/a"}})");
  const std::string other = "arn:aws:acm:eu-west-1:111122223333:certificate/b";
  EXPECT_EQ(denial(account, TestAccount::as(user), {.resources = {certificate}}), "");
  EXPECT_NE(denial(account, TestAccount::as(user), {.resources = {certificate, other}}), "");
  EXPECT_NE(denial(account, TestAccount::as(user), {}), "");
}

TEST(Authorizer, decides_nothing_about_a_user_whom_it_could_not_read) {
  TestAccount account;
  account.add_user("ops", "/plant/");
  const GetUser get{*account.database};
  const auto asked = [&] {
    const auto access = get.access({"ops"}, TestAccount::as_root());
    return account.authorizer.authorize(TestAccount::as_root(), "iam:GetUser", access);
  };
  ASSERT_TRUE(asked());
  need(account.database->write(
      [](sql::Transaction& tx) { return tx.run("ALTER TABLE iam_user RENAME TO gone"); }));
  EXPECT_FALSE(asked());
}

TEST(Authorizer, lets_nobody_at_what_belongs_to_another_account) {
  TestAccount account;
  const std::string other = "arn:aws:acm:eu-west-1:444455556666:certificate/a";
  EXPECT_NE(denial(account, TestAccount::as_root(), aws::on(other))
                .find("because no resource-based policy allows"),
            std::string::npos);
  EXPECT_EQ(denial(account, TestAccount::as_root(),
                   aws::on("arn:aws:iam::aws:policy/AdministratorAccess")),
            "");
  EXPECT_EQ(denial(account, TestAccount::as_root(), aws::on("arn:aws:s3:::bucket")), "");
}

TEST(Bootstrap, gives_the_root_credentials_back) {
  TestAccount account;
  const auto root = need(account.database->read(
      [&](sql::Snapshot& view) { return root_credentials(view, account.vault); }));
  EXPECT_EQ(root.account, test_account_id);
  EXPECT_EQ(root.key.access_key_id, "AKIAROOTROOTROOTROOT");
  EXPECT_EQ(root.key.secret.reveal_text(), "root secret");
}

TEST(Bootstrap, makes_one_account_only) {
  TestAccount account;
  const auto again = account.database->write([&](sql::Transaction& tx) -> Outcome {
    return create_account(tx, account.vault, "444455556666", new_root_key(account.random),
                          account.clock.now());
  });
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, Fault::Kind::Conflict);
}

TEST(Bootstrap, refuses_accounts_and_keys_that_are_none) {
  TestAccount account;
  const auto try_with = [&](std::string_view id, std::string key_id, std::string_view secret) {
    const RootKey key{std::move(key_id), SecretBytes::copy_of(secret)};
    const auto made = account.database->write([&](sql::Transaction& tx) -> Outcome {
      return create_account(tx, account.vault, id, key, account.clock.now());
    });
    return made ? std::string() : made.error().cause;
  };
  EXPECT_EQ(try_with("1111", "test", "test"), "An account ID has 12 digits.");
  EXPECT_EQ(try_with("11112222333x", "test", "test"), "An account ID has 12 digits.");
  EXPECT_EQ(try_with("444455556666", "a b", "test"),
            "An access key ID has 1 to 128 letters, digits and underscores.");
  EXPECT_EQ(try_with("444455556666", "test", ""), "The secret access key is empty.");
}

TEST(Bootstrap, shows_no_root_key_that_is_switched_off) {
  TestAccount account;
  const UpdateAccessKey update{*account.database, account.directory};
  need(update({{}, "AKIAROOTROOTROOTROOT", shapes::KeyStatus::Inactive}, TestAccount::as_root()));
  const auto root = account.database->read(
      [&](sql::Snapshot& view) { return root_credentials(view, account.vault); });
  ASSERT_FALSE(root);
  EXPECT_EQ(root.error().cause, "The root user has no active access key.");
}

}  // namespace
}  // namespace everseal::iam
