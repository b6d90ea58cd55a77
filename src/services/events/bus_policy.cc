#include "services/events/bus_policy.h"

#include <utility>

#include "aws/document.h"
#include "aws/policy/context.h"
#include "aws/policy/policy.h"
#include "aws/protocol/json.h"
#include "services/events/errors.h"

namespace everseal::events {
namespace {

using aws::Document;
using aws::policy::SharedPolicy;
using Members = Document::Members;

constexpr std::size_t kLongestPolicy = 10'240;
constexpr std::string_view kPut = "events:PutEvents";
constexpr std::string_view kRulePrefix = "rule/";

std::string root_of(std::string_view account) {
  return "arn:aws:iam::" + std::string(account) + ":root";
}

Document string_of(std::string_view text) { return Document(std::string(text)); }

Document condition_of(const Permission::Condition& condition) {
  Members key{{condition.key, string_of(condition.value)}};
  return Document(Members{{condition.type, Document(std::move(key))}});
}

Document statement_of(const BusName& bus, const Permission& permission) {
  const auto& who = permission.principal;
  Members statement{{"Sid", string_of(permission.statement_id)}, {"Effect", string_of("Allow")}};
  statement.emplace_back("Principal", who == "*"
                                          ? string_of(who)
                                          : Document(Members{{"AWS", string_of(root_of(who))}}));
  statement.emplace_back("Action", string_of(kPut));
  statement.emplace_back("Resource", string_of(bus_arn(bus)));
  if (permission.condition)
    statement.emplace_back("Condition", condition_of(*permission.condition));
  return Document(std::move(statement));
}

// The policy as its document, in which statements are a list, also if there is but one.
Result<Members> members_of(const std::optional<std::string>& policy) {
  if (!policy) return Members{{"Version", string_of("2012-10-17")}};
  const auto document = aws::protocol::parse_json(*policy);
  if (!document) return document.error();
  const auto* members = document->as<Members>();
  if (members == nullptr) return Fault::broken("the policy of a bus is no object");
  return *members;
}

Document::List take_statements(Members& policy) {
  Document::List taken;
  for (auto member = policy.begin(); member != policy.end(); ++member) {
    if (member->first != "Statement") continue;
    const auto* list = member->second.as<Document::List>();
    taken = list == nullptr ? Document::List{member->second} : *list;
    policy.erase(member);
    break;
  }
  return taken;
}

std::string with_statements(Members policy, Document::List statements) {
  policy.emplace_back("Statement", Document(std::move(statements)));
  return aws::protocol::print_json(Document(std::move(policy)));
}

bool drop(Document::List& statements, std::string_view statement_id) {
  const auto dropped = std::erase_if(statements, [&](const Document& statement) {
    const auto* sid = statement.find("Sid");
    const auto* id = sid == nullptr ? nullptr : sid->as<std::string>();
    return id != nullptr && *id == statement_id;
  });
  return dropped > 0;
}

Result<SharedPolicy> read(const Bus& bus) {
  if (!bus.policy) return SharedPolicy();
  auto parsed = aws::policy::Policy::parse(*bus.policy, aws::policy::Kind::Resource);
  if (!parsed) return Fault::broken("the policy of a bus: " + parsed.error().reason);
  return *std::move(parsed);
}

// "event-bus/BUS", "rule/BUS/RULE", or "rule/RULE" of the default one.
std::optional<BusName> bus_behind(std::string_view resource) {
  if (auto bus = parse_bus_arn(resource)) return *std::move(bus);
  const auto arn = Arn::parse(resource);
  if (!arn || arn->service() != "events" || !arn->resource().starts_with(kRulePrefix))
    return std::nullopt;
  const auto name = arn->resource().substr(kRulePrefix.size());
  const auto slash = name.rfind('/');
  return BusName{std::string(arn->account()), std::string(arn->region()),
                 std::string(slash == name.npos ? kDefaultBus : name.substr(0, slash))};
}

}  // namespace

Result<std::string, ApiError> checked_policy(std::string policy) {
  if (policy.size() > kLongestPolicy) return policy_too_long();
  const auto parsed = aws::policy::Policy::parse(policy, aws::policy::Kind::Resource);
  if (!parsed) return invalid("The policy is not valid. Reason: " + parsed.error().reason);
  return policy;
}

Result<std::string, ApiError> with_permission(const Bus& bus, const Permission& permission) {
  auto policy = members_of(bus.policy);
  if (!policy) return policy.error();
  auto statements = take_statements(*policy);
  drop(statements, permission.statement_id);
  statements.push_back(statement_of(bus.name, permission));
  return checked_policy(with_statements(*std::move(policy), std::move(statements)));
}

Result<std::optional<std::string>, ApiError> without_permission(const Bus& bus,
                                                                std::string_view statement_id) {
  auto policy = members_of(bus.policy);
  if (!policy) return policy.error();
  auto statements = take_statements(*policy);
  if (!drop(statements, statement_id)) return no_such_statement();
  if (statements.empty()) return std::optional<std::string>();
  return std::optional(with_statements(*std::move(policy), std::move(statements)));
}

// A rule acts as its account does.
Result<bool> takes_events_of(const Bus& bus, const Arn& rule) {
  const auto policy = read(bus);
  if (!policy) return policy.error();
  const std::string account(rule.account());
  aws::Call call;
  call.caller.kind = aws::Caller::Kind::Root;
  call.caller.account = account;
  call.caller.arn = call.caller.principal_arn = root_of(account);
  call.secure_transport = true;
  const aws::Access access{
      .context = {{"aws:SourceAccount", {account}}, {"aws:SourceArn", {rule.text()}}}};
  const aws::policy::Context context(call, access);
  const auto decision = aws::policy::evaluate({kPut, bus_arn(bus.name), context, bus.name.account},
                                              {.resource = policy->get()});
  if (!decision) return decision.error();
  return decision->allowed();
}

Result<std::optional<SaidByBus>> said_by_bus(sql::Database& database, std::string_view resource) {
  const auto name = bus_behind(resource);
  if (!name) return std::optional<SaidByBus>();
  const auto bus = database.read([&](sql::Snapshot& view) { return find_bus(view, *name); });
  if (!bus) return bus.error();
  if (!*bus) return std::optional<SaidByBus>();
  auto policy = read(**bus);
  if (!policy) return policy.error();
  return std::optional(SaidByBus{name->account, *std::move(policy)});
}

}  // namespace everseal::events
