#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "aws/policy/policy.h"
#include "clock/clock.h"
#include "clock/time_text.h"
#include "keys/master_key.h"
#include "keys/vault.h"
#include "random/random.h"
#include "services/sts/roles.h"

// For the tests of this folder: one role, of which a test says everything.
namespace everseal::sts {

struct TestRoles final : Roles {
  static constexpr const char* account = "111122223333";
  static constexpr const char* arn = "arn:aws:iam::111122223333:role/x/renewer";
  static constexpr const char* policy_arn = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";

  Result<std::optional<Role>> find(std::string_view wanted) const override {
    if (broken) return Fault::unavailable("the database is gone");
    return wanted == arn ? std::optional(role) : std::nullopt;
  }
  Result<bool> has_policy(std::string_view of_account, std::string_view wanted) const override {
    return of_account == account && wanted == policy_arn;
  }
  // The trust policy lets that principal become the role, under that condition.
  void trust(const std::string& principal, const std::string& condition = "{}") {
    role.trust = aws::policy::Policy::parse(
                     R"({"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":)" +
                         principal + R"(,"Condition":)" + condition + "}}",
                     aws::policy::Kind::Trust)
                     .value();
  }

  TestRoles() { trust(R"({"Service":"lambda.amazonaws.com"})"); }

  Role role{.arn = arn,
            .id = "AROAROLEROLEROLEROLER",
            .account = account,
            .name = "renewer",
            .longest_session = std::chrono::hours(2),
            .trust = {},
            .tags = {{"team", "pki"}}};
  bool broken = false;
  ManualClock clock{*parse_iso8601("2025-03-01T12:00:00Z")};
  CountingRandom random;
  keys::MasterKey master = keys::MasterKey::in_memory(random);
  keys::Vault vault{master, random};
};

}  // namespace everseal::sts
