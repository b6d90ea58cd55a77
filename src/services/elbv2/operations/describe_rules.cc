#include "services/elbv2/operations/describe_rules.h"

#include <charconv>
#include <utility>

#include "services/elbv2/errors.h"
#include "services/elbv2/listener_store.h"
#include "services/elbv2/pages.h"
#include "services/elbv2/rule_store.h"

namespace everseal::elbv2 {
namespace {

Result<std::vector<Rule>, ApiError> named_rules(sql::Snapshot& view, const aws::Call& call,
                                                const std::vector<std::string>& arns) {
  std::vector<Rule> rules;
  for (const std::string& arn : arns) {
    auto found = own_rule(view, call, arn);
    if (!found) return found.error();
    rules.push_back(*std::move(found));
  }
  return rules;
}

// Nothing else stands in a marker; whoever forges one begins at the beginning.
std::int64_t priority_in(const std::string& key) {
  std::int64_t priority = 0;
  std::from_chars(key.data(), key.data() + key.size(), priority);
  return priority;
}

Result<std::vector<Rule>, ApiError> page_of_rules(sql::Snapshot& view, const aws::Call& call,
                                                  const std::string& listener_arn,
                                                  const aws::Page& page) {
  const auto listener = own_listener(view, call, listener_arn);
  if (!listener) return listener.error();
  auto rules = list_rules(view, listener->arn, priority_in(page.after()), page.limit());
  if (!rules) return rules.error();
  return *std::move(rules);
}

}  // namespace

Result<DescribeRules::Response, ApiError> DescribeRules::operator()(const Request& request,
                                                                    const aws::Call& call) const {
  const bool by_arn = !request.rule_arns.empty();
  if (by_arn == request.listener_arn.has_value()) {
    return invalid("You must specify either listener rule ARNs or a listener ARN");
  }
  const std::string listener = request.listener_arn.value_or("");
  const auto page = page_of(name, call, listener, request.marker, request.page_size);
  if (!page) return page.error();
  return database.read([&](sql::Snapshot& view) -> Result<Response, ApiError> {
    auto rules = by_arn ? named_rules(view, call, request.rule_arns)
                        : page_of_rules(view, call, listener, *page);
    if (!rules) return rules.error();
    Response response;
    if (!by_arn) {
      response.next_marker =
          page->cut(*rules, [](const Rule& rule) { return std::to_string(rule.priority); });
    }
    for (const Rule& rule : *rules) response.rules.push_back(shown(rule));
    return response;
  });
}

}  // namespace everseal::elbv2
