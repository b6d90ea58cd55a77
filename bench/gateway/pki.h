#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "clock/clock.h"
#include "gateway/gateway.h"
#include "issuance/issue.h"
#include "random/random.h"
#include "tls/context.h"
#include "x509/certificate.h"

namespace everseal::bench {

// A root CA of P-256 and what it issues, all for a day around now. For one thread at a time.
class Pki {
 public:
  Pki();

  std::string bundle() const { return root_.certificate.pem(); }
  // Of localhost and 127.0.0.1.
  tls::ServerIdentity server();
  tls::ServerIdentity client(std::string_view common_name);
  // The same of a CA below the root, which the client sends along.
  tls::ServerIdentity client_of_issuing_ca(std::string_view common_name);

  // That many serial numbers of the root's that nobody has.
  gateway::Revoked others(std::size_t count);
  // A CRL of the root, PEM.
  std::string crl(const gateway::Revoked& revoked) const;

 private:
  struct Ca {
    std::shared_ptr<const keys::MemoryKey> key;
    x509::Certificate certificate;
    issuance::Issuer issuer;
  };
  Ca make_root();
  Ca make_issuing_ca();
  x509::Certificate issue(const issuance::Issuer& issuer, const keys::SigningKey& key,
                          std::string_view common_name, std::string_view template_name,
                          std::int64_t days);
  tls::ServerIdentity identity(const Ca& ca, std::string_view common_name,
                               std::string_view template_name);

  SystemRandom random_;
  TimePoint now_ = WallClock().now();
  Ca root_;
  Ca issuing_ca_;
};

// The first certificate's entry in a CRL.
gateway::Revoked entry(const tls::ServerIdentity& identity);

// All of its certificates, then its key.
std::string pem_of(const tls::ServerIdentity& identity);

}  // namespace everseal::bench
