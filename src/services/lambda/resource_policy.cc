#include "services/lambda/resource_policy.h"

#include <algorithm>
#include <utility>

#include "aws/document.h"
#include "aws/policy/context.h"
#include "aws/policy/evaluate.h"
#include "aws/policy/policy.h"
#include "aws/protocol/json.h"
#include "services/lambda/errors.h"

namespace everseal::lambda {
namespace {

using aws::Document;

constexpr std::string_view invoke_action = "lambda:InvokeFunction";

Document one(std::string name, Document value) {
  Document::Members members;
  members.emplace_back(std::move(name), std::move(value));
  return Document(std::move(members));
}
Document text(std::string_view value) { return Document(std::string(value)); }

Document principal_of(const std::string& principal) {
  if (principal == "*") return text("*");
  if (principal.ends_with(".amazonaws.com")) return one("Service", text(principal));
  const bool is_account =
      principal.find_first_not_of("0123456789") == principal.npos && !principal.empty();
  return one("AWS", text(is_account ? "arn:aws:iam::" + principal + ":root" : principal));
}

Result<Document::List> statements_in(const std::optional<std::string>& policy) {
  if (!policy) return Document::List();
  const auto document = aws::protocol::parse_json(*policy);
  if (!document) return document.error();
  const auto* statements = document->find("Statement");
  const auto* list = statements == nullptr ? nullptr : statements->as<Document::List>();
  if (list == nullptr) return Fault::broken("the policy of a function has no statements");
  return *list;
}

bool has_id(const Document& statement, std::string_view id) {
  const auto* sid = statement.find("Sid");
  const auto* name = sid == nullptr ? nullptr : sid->as<std::string>();
  return name != nullptr && *name == id;
}

std::string policy_of(Document::List statements) {
  Document::Members members;
  members.emplace_back("Version", text("2012-10-17"));
  members.emplace_back("Id", text("default"));
  members.emplace_back("Statement", Document(std::move(statements)));
  return aws::protocol::print_json(Document(std::move(members)));
}

}  // namespace

std::string statement_of(const Permission& permission, std::string_view resource) {
  Document::Members members;
  members.emplace_back("Sid", text(permission.statement_id));
  members.emplace_back("Effect", text("Allow"));
  members.emplace_back("Principal", principal_of(permission.principal));
  members.emplace_back("Action", text(permission.action));
  members.emplace_back("Resource", text(resource));
  Document::Members conditions;
  Document::Members equal;
  if (permission.source_account) {
    equal.emplace_back("AWS:SourceAccount", text(*permission.source_account));
  }
  if (permission.principal_org_id) {
    equal.emplace_back("aws:PrincipalOrgID", text(*permission.principal_org_id));
  }
  if (!equal.empty()) conditions.emplace_back("StringEquals", Document(std::move(equal)));
  if (permission.source_arn) {
    conditions.emplace_back("ArnLike", one("AWS:SourceArn", text(*permission.source_arn)));
  }
  if (!conditions.empty()) members.emplace_back("Condition", Document(std::move(conditions)));
  return aws::protocol::print_json(Document(std::move(members)));
}

Result<std::string, ApiError> with_statement(const std::optional<std::string>& policy,
                                             const std::string& statement,
                                             std::string_view statement_id) {
  auto statements = statements_in(policy);
  if (!statements) return statements.error();
  const auto is_it = [&](const Document& other) { return has_id(other, statement_id); };
  if (std::ranges::any_of(*statements, is_it)) return statement_exists(statement_id);
  auto added = aws::protocol::parse_json(statement);
  if (!added) return added.error();
  statements->push_back(*std::move(added));
  auto made = policy_of(*std::move(statements));
  constexpr std::size_t most = 20'480;
  if (made.size() > most) {
    return ApiError("PolicyLengthExceededException", 400,
                    "The permissions policy for the resource is too large.");
  }
  const auto fine = aws::policy::Policy::parse(made, aws::policy::Kind::Resource);
  if (!fine) return invalid("The permission is not valid: " + fine.error().reason);
  return made;
}

Result<std::optional<std::string>, ApiError> without_statement(
    const std::optional<std::string>& policy, std::string_view statement_id) {
  auto statements = statements_in(policy);
  if (!statements) return statements.error();
  const auto removed = std::erase_if(
      *statements, [&](const Document& statement) { return has_id(statement, statement_id); });
  if (removed == 0) return no_such_statement(statement_id);
  if (statements->empty()) return std::optional<std::string>();
  return std::optional(policy_of(*std::move(statements)));
}

Result<std::optional<std::string>> principal_in(const std::optional<std::string>& policy,
                                                std::string_view statement_id) {
  const auto statements = statements_in(policy);
  if (!statements) return statements.error();
  for (const auto& statement : *statements) {
    const auto* principal = has_id(statement, statement_id) ? statement.find("Principal") : nullptr;
    if (principal == nullptr) continue;
    const auto* members = principal->as<Document::Members>();
    const auto& who = members == nullptr ? *principal : members->front().second;
    if (const auto* name = who.as<std::string>()) return std::optional(*name);
  }
  return std::optional<std::string>();
}

Result<bool> lets_invoke(const std::optional<std::string>& policy, std::string_view function_arn,
                         const Invoker::Source& source) {
  if (!policy) return false;
  const auto parsed = aws::policy::Policy::parse(*policy, aws::policy::Kind::Resource);
  if (!parsed) return Fault::broken("the policy of a function: " + parsed.error().reason);
  aws::Call call;
  call.caller.kind = aws::Caller::Kind::Service;
  call.caller.arn = source.service;
  call.secure_transport = true;
  const aws::Access access{
      .context = {{"aws:SourceAccount", {source.account}}, {"aws:SourceArn", {source.arn}}}};
  const aws::policy::Context context(call, access);
  const auto decision = aws::policy::evaluate(
      {invoke_action, function_arn, context, source.account}, {.resource = parsed->get()});
  if (!decision) return decision.error();
  return decision->allowed();
}

}  // namespace everseal::lambda
