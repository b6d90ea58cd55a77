#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

namespace everseal::acm {

// What an operator or a test may choose. The defaults are AWS's.
struct Settings {
  // A private certificate is valid from an hour before its issuance until thirteen calendar months
  // after it.
  std::chrono::months validity{13};
  std::chrono::minutes backdating{60};

  // Managed renewal begins this long before notAfter, but never in the first two thirds of a
  // certificate's life: a short validity must not make it renew for ever.
  std::chrono::days renewal_window{60};
  std::chrono::minutes renewal_interval{60};  // from a failed attempt to the next
  std::chrono::minutes issuance_interval{1};  // the same for a first issuance, where a client waits
  // For so long is an issuance that failed for a passing reason tried again, and a renewal that was
  // asked for ahead of its window. It is also how long RenewCertificate answers that one is
  // running.
  std::chrono::hours attempt_timeout{72};

  // Days before notAfter at which somebody is told of a certificate that did not renew.
  std::vector<int> notice_days{45, 30, 15, 7, 3, 1};
  // Days that are left when a failed attempt is an event that asks for action.
  std::vector<int> action_required_days{45, 30, 15, 3, 1};
  // From when on an account is told daily of a certificate that ends; PutAccountConfiguration
  // changes it for one account.
  int expiry_event_days = 45;

  std::chrono::minutes idempotency_window{60};
  std::size_t names_per_certificate = 100;  // AWS: 10, and 100 for those who ask
  std::size_t tags_per_certificate = 50;
};

}  // namespace everseal::acm
