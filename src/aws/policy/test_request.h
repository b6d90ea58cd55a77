#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/access.h"
#include "aws/call.h"
#include "aws/policy/evaluate.h"
#include "clock/time_text.h"

// A request for tests: what it says of itself can be changed until it is asked about.
namespace everseal::aws::policy {

struct TestRequest {
  TestRequest() {
    call.caller = {.kind = Caller::Kind::User,
                   .account = "111122223333",
                   .arn = "arn:aws:iam::111122223333:user/plant/ops",
                   .principal_arn = "arn:aws:iam::111122223333:user/plant/ops",
                   .user_id = "AIDAOPSOPSOPSOPSOPSOP",
                   .user_name = "ops",
                   .access_key_id = "AKIAEXAMPLEKEY000001",
                   .tags = {{"team", "pki"}}};
    call.region = "eu-west-1";
    call.received_at = *parse_iso8601("2025-03-01T12:00:00Z");
    call.source_ip = "203.0.113.7";
    call.user_agent = "aws-cli/1.45";
    call.secure_transport = true;
  }

  TestRequest& as_root() {
    call.caller.kind = Caller::Kind::Root;
    call.caller.arn = call.caller.principal_arn = "arn:aws:iam::111122223333:root";
    call.caller.user_id = call.caller.account;
    call.caller.user_name.clear();
    return *this;
  }
  TestRequest& as_role_session() {
    call.caller.kind = Caller::Kind::RoleSession;
    call.caller.arn = "arn:aws:sts::111122223333:assumed-role/renewer/run1";
    call.caller.principal_arn = "arn:aws:iam::111122223333:role/renewer";
    call.caller.user_id = "AROAROLEROLEROLEROLER:run1";
    call.caller.user_name.clear();
    return *this;
  }
  TestRequest& as_service(std::string_view name) {
    call.caller = {.kind = Caller::Kind::Service,
                   .account = {},
                   .arn = std::string(name),
                   .principal_arn = {},
                   .user_id = {},
                   .user_name = {},
                   .access_key_id = {},
                   .tags = {}};
    return *this;
  }
  TestRequest& as_anonymous() {
    as_service("anonymous").call.caller.kind = Caller::Kind::Anonymous;
    return *this;
  }
  TestRequest& with(std::string key, std::vector<std::string> values) {
    access.context.emplace_back(std::move(key), std::move(values));
    return *this;
  }

  Result<Decision> ask(const Policies& policies) const {
    const Context context(call, access);
    return evaluate({action, resource, context, resource_account}, policies);
  }

  Call call;
  Access access;
  std::string action = "acm-pca:IssueCertificate";
  std::string resource =
      "arn:aws:acm-pca:eu-west-1:111122223333:certificate-authority/"
      "11112222-3333-4444-5555-666677778888";
  std::string resource_account;
};

}  // namespace everseal::aws::policy
