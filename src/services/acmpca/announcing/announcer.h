#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::acmpca {

// Something that a CA has done, as EventBridge delivers it with the source aws.acm-pca.
struct Announcement {
  std::string_view detail_type;  // a literal: "ACM Private CA Certificate Issuance"
  std::string account;
  std::string region;
  std::vector<std::string> resources;  // the CA, and what it is about
  std::string failure;                 // why; empty: it succeeded
  TimePoint time;
};

// The certificate of a CA ends; told some days before, and when it has. The source is
// everseal.acm-pca: AWS tells nobody.
struct EndNotice {
  std::string account;
  std::string region;
  std::string authority_arn;
  bool has_ended = false;
  int days_left = 0;    // begun ones count
  std::string subject;  // of the certificate, as in RFC 4514
  std::string serial;   // "0a:1b"
  TimePoint not_after;
  std::string remedy;  // sentences
  TimePoint time;
};

// How long it took to issue a certificate, or to fail. Only counted: there is no transaction of it.
struct Issuance {
  std::string_view authority_arn;
  bool succeeded;
  std::chrono::microseconds took;
};

// Who makes it known. Thread-safe. Called in the transaction of what was done, so that one is not
// there without the other; it only writes rows.
class Announcer {
 public:
  virtual ~Announcer() = default;
  virtual Outcome announce(sql::Transaction& tx, const Announcement& announcement) = 0;
  virtual Outcome announce(sql::Transaction& tx, const EndNotice& notice) = 0;
  // Outside of any transaction; must not wait.
  virtual void measured(const Issuance&) {}
};

}  // namespace everseal::acmpca
