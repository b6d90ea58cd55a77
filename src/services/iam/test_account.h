#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "aws/call.h"
#include "clock/clock.h"
#include "clock/time_text.h"
#include "keys/master_key.h"
#include "keys/vault.h"
#include "log/log.h"
#include "random/random.h"
#include "result/testing/need.h"
#include "services/iam/authorizer.h"
#include "services/iam/bootstrap.h"
#include "services/iam/directory.h"
#include "services/iam/identifiers.h"
#include "services/iam/migrations.h"
#include "services/iam/operations/attach_role_policy.h"
#include "services/iam/operations/attach_user_policy.h"
#include "services/iam/operations/create_access_key.h"
#include "services/iam/operations/create_policy.h"
#include "services/iam/operations/create_role.h"
#include "services/iam/operations/create_user.h"
#include "services/iam/operations/put_role_policy.h"
#include "services/iam/operations/put_user_policy.h"
#include "sql/sqlite/open.h"

// For tests: an account with its root key, in a database in memory.
namespace everseal::iam {

template <class T>
std::string message_of(const Result<T, ApiError>& answer) {
  return answer ? "(none)" : answer.error().message;
}

inline constexpr std::string_view test_account_id = "111122223333";
inline constexpr std::string_view allow_all =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})";

inline constexpr std::string_view trust_lambda =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow",)"
    R"("Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]})";

struct TestAccount {
  TestAccount() {
    const sql::MigrationSet& tables = migrations();
    if (!sql::migrate(*database, {tables})) throw std::runtime_error("migrate");
    const auto made = database->write([&](sql::Transaction& tx) -> Outcome {
      return create_account(
          tx, vault, test_account_id,
          {"AKIAROOTROOTROOTROOT", SecretBytes::copy_of(std::string_view("root secret"))},
          clock.now());
    });
    if (!made) throw std::runtime_error(made.error().cause);
  }

  static aws::Call as_root() {
    aws::Call call;
    call.caller.kind = aws::Caller::Kind::Root;
    call.caller.account = test_account_id;
    call.caller.arn = call.caller.principal_arn = root_arn(test_account_id);
    call.caller.user_id = test_account_id;
    call.region = "us-east-1";
    return call;
  }
  static aws::Call as(const shapes::User& user) {
    aws::Call call;
    call.caller.kind = aws::Caller::Kind::User;
    call.caller.account = test_account_id;
    call.caller.arn = call.caller.principal_arn = user.arn;
    call.caller.user_id = user.user_id;
    call.caller.user_name = *user.user_name;
    call.region = "us-east-1";
    return call;
  }

  shapes::User add_user(const std::string& name, std::optional<std::string> path = {}) {
    const CreateUser create{*database, directory, random, clock};
    return need(create({std::move(path), name, std::nullopt, {}}, as_root())).user;
  }
  CreateAccessKey::NewKey add_key(const std::string& user_name) {
    const CreateAccessKey create{*database, vault, random, clock};
    return need(create({user_name}, as_root())).access_key;
  }
  std::string add_policy(const std::string& name, std::string_view document = allow_all) {
    const CreatePolicy create{*database, random, clock};
    return need(create({name, {}, std::string(document), {}, {}}, as_root())).policy.arn;
  }
  void put_policy(const std::string& user, const std::string& name,
                  std::string_view document = allow_all) {
    const PutUserPolicy put{*database, directory};
    need(put({user, name, std::string(document)}, as_root()));
  }
  shapes::Role add_role(const std::string& name, std::optional<std::string> path = {},
                        std::string_view trust = trust_lambda) {
    const CreateRole create{*database, directory, random, clock};
    return need(create({std::move(path), name, std::string(trust), {}, {}, {}, {}}, as_root()))
        .role;
  }
  void put_role_policy(const std::string& role, const std::string& name,
                       std::string_view document = allow_all) {
    const PutRolePolicy put{*database, directory};
    need(put({role, name, std::string(document)}, as_root()));
  }
  void attach_to_role(const std::string& role, const std::string& arn) {
    const AttachRolePolicy attach_policy{*database, directory};
    need(attach_policy({role, arn}, as_root()));
  }
  void attach(const std::string& user, const std::string& arn) {
    const AttachUserPolicy attach_policy{*database, directory};
    need(attach_policy({user, arn}, as_root()));
  }

  ManualClock clock{*parse_iso8601("2025-03-01T12:00:00Z")};
  CountingRandom random;
  Log log{clock, LogLevel::Error, [](std::string_view) {}};
  std::unique_ptr<sql::Database> database = need(sql::sqlite::open_in_memory({}, log));
  keys::MasterKey master = keys::MasterKey::in_memory(random);
  keys::Vault vault{master, random};
  Directory directory{*database, vault, clock};
  Authorizer authorizer{directory};
};

}  // namespace everseal::iam
