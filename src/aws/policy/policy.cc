#include "aws/policy/policy.h"

#include <algorithm>
#include <utility>

#include "aws/policy/grammar.h"
#include "aws/protocol/json.h"
#include "encoding/ascii.h"

namespace everseal::aws::policy {

Question::Question(const Request& request)
    : action(encoding::lower_case(request.action)),
      resource_parts(split_arn(request.resource)),
      context(request.context) {}

bool Statement::applies(const Question& question) const {
  const auto fits_action = [&](const Pattern& pattern) {
    return pattern.matches(question.action, question.context);
  };
  if (std::ranges::any_of(actions.elements, fits_action) == actions.excluded) return false;
  if (!applies_to_resource(question)) return false;
  return std::ranges::all_of(conditions, [&](const Condition& condition) {
    return condition.holds(question.context) &&
           !(effect == Effect::Allow && condition.widened_by_missing_variable(question.context));
  });
}

bool Statement::applies_to_resource(const Question& question) const {
  if (!resources) return true;
  const auto fits = [&](const ArnPattern& pattern) {
    return pattern.matches(question.resource_parts, question.context);
  };
  const auto resolves = [&](const ArnPattern& pattern) {
    return pattern.resolves(question.context);
  };
  if (std::ranges::any_of(resources->elements, fits) == resources->excluded) return false;
  return !resources->excluded || effect == Effect::Deny ||
         std::ranges::all_of(resources->elements, resolves);
}

Naming Statement::names(const Caller& caller) const {
  if (!principals) return Naming::Directly;
  Naming strongest = Naming::No;
  for (const Principal& principal : principals->elements) {
    strongest = std::max(strongest, principal.names(caller));
  }
  if (!principals->excluded) return strongest;
  return strongest == Naming::No ? Naming::Broadly : Naming::No;
}

Result<std::shared_ptr<const Policy>, Malformed> Policy::parse(std::string_view json, Kind kind) {
  if (json.size() > longest_text) {
    return Malformed{"A policy document has at most 131072 characters."};
  }
  const auto document = protocol::parse_json(json);
  if (!document) return Malformed{"This policy contains invalid Json"};
  auto statements = read_statements(*document, kind);
  if (!statements) return statements.error();
  return std::shared_ptr<const Policy>(new Policy(*std::move(statements)));
}

std::size_t counted_size(std::string_view json) {
  return static_cast<std::size_t>(std::ranges::count_if(json, [](char letter) {
    return letter != ' ' && letter != '\t' && letter != '\r' && letter != '\n';
  }));
}

}  // namespace everseal::aws::policy
