#include "services/acmpca/crl/promise.h"

#include "jobs/jobs.h"
#include "services/acmpca/crl/membership.h"
#include "services/acmpca/crl/store.h"

namespace everseal::acmpca {

Outcome promise_crl(sql::Transaction& tx, std::int64_t crl, TimePoint due) {
  return jobs::add(
      tx, {.kind = std::string(crl_job), .key = std::to_string(crl), .due = due, .payload = {}});
}

Outcome promise_crls(sql::Transaction& tx, const Authority& authority, TimePoint now) {
  if (!publishes_crls(authority, now)) return {};
  if (const auto prepared = prepare_crl(tx, authority); !prepared) return prepared;
  if (const auto done = forget_bases(tx, authority.id); !done) return done;
  const auto crls = crls_of(tx, authority.id);
  if (!crls) return crls.error();
  for (const auto& crl : *crls) {
    if (!is_published(authority, crl, now)) continue;
    if (const auto done = promise_crl(tx, crl.id, now); !done) return done;
  }
  return {};
}

}  // namespace everseal::acmpca
