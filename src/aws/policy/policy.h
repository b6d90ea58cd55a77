#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "aws/policy/condition.h"
#include "aws/policy/context.h"
#include "aws/policy/pattern.h"
#include "aws/policy/principal.h"
#include "result/result.h"

namespace everseal::aws::policy {

// To whom a policy is attached decides which elements it must and must not have.
enum class Kind {
  Identity,  // a user or role, its boundary or session: no Principal
  Resource,  // a bucket, a CA: Principal required
  Trust      // a role: Principal required, no Resource, actions of STS only
};

enum class Effect { Allow, Deny };

// What is asked: may the caller in `context` do this to that?
struct Request {
  std::string_view action;    // "acm-pca:IssueCertificate"
  std::string_view resource;  // an ARN, or "*" where an operation has no resource
  const Context& context;
  std::string_view resource_account = {};  // whose resource it is; empty: the caller's account's
};

// A request in the form that statements look at, made once for many policies.
struct Question {
  explicit Question(const Request& request);
  std::string action;  // lower case
  std::optional<ArnParts> resource_parts;
  const Context& context;
};

// "Elements" or "NotElements": the listed ones, or all but them.
template <class T>
struct Listed {
  std::vector<T> elements;
  bool excluded = false;
};

struct Statement {
  Effect effect = Effect::Deny;
  std::string sid;
  std::optional<Listed<Principal>> principals;  // nothing: whoever the policy is attached to
  Listed<Pattern> actions;
  std::optional<Listed<ArnPattern>> resources;  // nothing: what the policy is attached to
  std::vector<Condition> conditions;

  // Whether action, resource and conditions fit. An Allow with a variable that has no value in this
  // request, where that would widen it (NotResource, negated operators), does not apply.
  bool applies(const Question& question) const;
  bool applies_to_resource(const Question& question) const;
  Naming names(const Caller& caller) const;
};

// A policy document, compiled. Immutable; share it.
class Policy {
 public:
  static constexpr std::size_t longest_text = 131072;  // octets, white space included

  // Strict: version, statements, each with Effect, Action or NotAction, and what `kind` demands;
  // nothing else, no name twice. Variables have a meaning in version 2012-10-17 only.
  static Result<std::shared_ptr<const Policy>, Malformed> parse(std::string_view json, Kind kind);

  const std::vector<Statement>& statements() const { return statements_; }

 private:
  explicit Policy(std::vector<Statement> statements) : statements_(std::move(statements)) {}
  std::vector<Statement> statements_;
};

// What AWS counts against a quota: characters that are not white space.
std::size_t counted_size(std::string_view json);

}  // namespace everseal::aws::policy
