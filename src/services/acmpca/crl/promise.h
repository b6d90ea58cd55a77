#pragma once

#include <cstdint>
#include <string_view>

#include "clock/clock.h"
#include "services/acmpca/authority/authority.h"
#include "sql/database.h"

namespace everseal::acmpca {

// The job that publishes a CRL; its key is the id of the list.
inline constexpr std::string_view crl_job = "acmpca.crl";

// The next CRL of this list is due then; one that is promised for earlier stays so.
Outcome promise_crl(sql::Transaction& tx, std::int64_t crl, TimePoint due);

// All lists that a CA publishes are due now, the first one too. Nothing if it publishes none, or
// cannot sign yet.
Outcome promise_crls(sql::Transaction& tx, const Authority& authority, TimePoint now);

}  // namespace everseal::acmpca
