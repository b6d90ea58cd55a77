#pragma once

#include <string>
#include <string_view>

#include "services/health/event.h"
#include "services/health/language.h"

// Why renewals fail, and what to do about it, in each language.
namespace everseal::health {

// One sentence about the code of a reason: "PCA_ACCESS_DENIED". Of a code that nobody here knows
// that the cause is in the log.
std::string_view why(std::string_view reason, Language language);

// In English the remedy that the news brought; empty if they brought none.
std::string_view remedy_of(const RenewalNews& news, Language language);

}  // namespace everseal::health
