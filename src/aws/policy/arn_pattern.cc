#include <algorithm>
#include <cstddef>

#include "aws/policy/pattern.h"

namespace everseal::aws::policy {
namespace {

// Where each of the six parts of a pattern ends: at a colon that is not within a variable.
std::optional<ArnParts> split_pattern(std::string_view text) {
  ArnParts parts;
  std::size_t part = 0, start = 0;
  bool within_variable = false;
  for (std::size_t at = 0; at < text.size() && part < 5; ++at) {
    if (text.substr(at).starts_with("${")) within_variable = true;
    if (text[at] == '}') within_variable = false;
    if (text[at] != ':' || within_variable) continue;
    parts[part++] = text.substr(start, at - start);
    start = at + 1;
  }
  if (part != 5) return std::nullopt;
  parts[5] = text.substr(start);
  return parts;
}

bool misplaced_variable(std::string_view part, ArnPattern::Variables variables, std::size_t index) {
  return variables == ArnPattern::Variables::InResourcePart && index < 5 &&
         part.find("${") != std::string_view::npos;
}

}  // namespace

std::optional<ArnParts> split_arn(std::string_view text) {
  ArnParts parts;
  for (std::size_t part = 0; part < 5; ++part) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    parts[part] = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  parts[5] = text;
  return parts;
}

Result<ArnPattern, Malformed> ArnPattern::parse(std::string_view text, Variables variables) {
  ArnPattern pattern;
  if (text == "*") return pattern;
  const auto parts = variables == Variables::None ? split_arn(text) : split_pattern(text);
  if (!parts || (*parts)[0] != "arn" || (*parts)[5].empty()) {
    return Malformed{"Resource " + std::string(text) + " must be in ARN format or \"*\"."};
  }
  for (std::size_t part = 0; part < parts->size(); ++part) {
    if (misplaced_variable((*parts)[part], variables, part)) {
      return Malformed{"The policy variable in \"" + std::string(text) +
                       "\" stands before the fifth colon."};
    }
    auto parsed = Pattern::parse((*parts)[part], {.variables = variables != Variables::None});
    if (!parsed) return parsed.error();
    pattern.parts_.push_back(*std::move(parsed));
  }
  return pattern;
}

bool ArnPattern::matches(const std::optional<ArnParts>& parts, const Context& context) const {
  if (parts_.empty()) return true;
  if (!parts) return false;
  return std::ranges::equal(parts_, *parts, [&](const Pattern& pattern, std::string_view part) {
    return pattern.matches(part, context);
  });
}

bool ArnPattern::resolves(const Context& context) const {
  return std::ranges::all_of(parts_, [&](const Pattern& part) { return part.resolves(context); });
}

}  // namespace everseal::aws::policy
