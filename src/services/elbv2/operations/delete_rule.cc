#include "services/elbv2/operations/delete_rule.h"

#include "services/elbv2/access.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/load_balancer_store.h"
#include "services/elbv2/rule_store.h"

namespace everseal::elbv2 {

aws::Access DeleteRule::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.rule_arn);
}

Result<shapes::Nothing, ApiError> DeleteRule::operator()(const Request& request,
                                                         const aws::Call& call) const {
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Nothing, ApiError> {
    const auto rule = own_rule(tx, call, request.rule_arn);
    if (!rule) return rule.error();
    if (rule->is_default()) return default_rule_is_fixed("deleted");
    if (auto removed = remove_rule(tx, rule->arn); !removed) return removed.error();
    announce_change(tx);
    return shapes::Nothing{};
  });
}

}  // namespace everseal::elbv2
