#include "services/acmpca/authority/changes.h"

#include "services/acmpca/authority/authority_store.h"
#include "services/acmpca/model/errors.h"

namespace everseal::acmpca {

Result<void, ApiError> apply(sql::Transaction& tx, const Authority& changed) {
  const auto updated = update(tx, changed);
  if (updated) return {};
  if (updated.error().kind == Fault::Kind::Conflict) return changed_meanwhile(changed.arn.text());
  return updated.error();
}

}  // namespace everseal::acmpca
