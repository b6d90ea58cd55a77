#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "encoding/ascii.h"
#include "services/elbv2/attributes.h"
#include "services/elbv2/data_plane/for_gateway.h"
#include "services/elbv2/ssl_policies.h"

namespace everseal::elbv2::data_plane {
namespace {

using Attributes = std::vector<shapes::Attribute>;

bool is_on(const Attributes& attributes, std::string_view key) {
  return value_of(attributes, key) == "true";
}

gateway::ForwardedFor forwarded_for(std::string_view mode) {
  if (mode == "preserve") return gateway::ForwardedFor::Preserve;
  if (mode == "remove") return gateway::ForwardedFor::Remove;
  return gateway::ForwardedFor::Append;
}

gateway::TlsVersion tls_version(std::string_view name) {
  if (name == "TLSv1.3") return gateway::TlsVersion::Tls13;
  if (name == "TLSv1.2") return gateway::TlsVersion::Tls12;
  if (name == "TLSv1.1") return gateway::TlsVersion::Tls11;
  return gateway::TlsVersion::Tls10;
}

gateway::MutualTlsHeaders headers(const Attributes& attributes) {
  const auto name = [&](std::string_view what) {
    return value_of(attributes, "routing.http.request.x_amzn_mtls_clientcert" + std::string(what) +
                                    ".header_name");
  };
  return {.chain = name(""),
          .serial_number = name("_serial_number"),
          .issuer = name("_issuer"),
          .subject = name("_subject"),
          .validity = name("_validity"),
          .leaf = name("_leaf")};
}

gateway::TlsHeaders tls_headers(const Attributes& attributes) {
  return {.version = value_of(attributes, "routing.http.request.x_amzn_tls_version.header_name"),
          .cipher_suite =
              value_of(attributes, "routing.http.request.x_amzn_tls_cipher_suite.header_name")};
}

// Those that have a value.
std::vector<gateway::ResponseHeader> response_headers(const Attributes& attributes) {
  constexpr std::array names{"Strict-Transport-Security",        "Access-Control-Allow-Origin",
                             "Access-Control-Allow-Methods",     "Access-Control-Allow-Headers",
                             "Access-Control-Allow-Credentials", "Access-Control-Expose-Headers",
                             "Access-Control-Max-Age",           "Content-Security-Policy",
                             "X-Content-Type-Options",           "X-Frame-Options"};
  std::vector<gateway::ResponseHeader> all;
  for (const std::string name : names) {
    auto key = encoding::lower_case(name);
    std::ranges::replace(key, '-', '_');
    auto value = value_of(attributes, "routing.http.response." + key + ".header_value");
    if (!value.empty()) all.push_back({name, std::move(value)});
  }
  return all;
}

gateway::MutualTls mutual_tls(const shapes::MutualAuthentication& said,
                              const Attributes& attributes) {
  gateway::MutualTls told;
  if (said.mode == "passthrough") told.mode = gateway::MutualTlsMode::Passthrough;
  if (said.mode == "verify") told.mode = gateway::MutualTlsMode::Verify;
  told.trust_store = said.trust_store_arn.value_or("");
  told.ignore_expiry = said.ignore_client_certificate_expiry.value_or(false);
  told.advertise_names = said.advertise_trust_store_ca_names == Switch::On;
  told.headers = headers(attributes);
  return told;
}

gateway::Listener for_gateway(const DesiredListener& desired, const std::string& address) {
  gateway::Listener told{.id = desired.listener.arn,
                         .address = address,
                         .port = static_cast<std::uint16_t>(desired.listener.port)};
  told.response_headers = response_headers(desired.attributes);
  told.server_header = is_on(desired.attributes, "routing.http.response.server.enabled");
  if (desired.listener.protocol == Protocol::Https) {
    told.tls = gateway::Tls{
        .certificate = desired.listener.certificate_arn.value_or(""),
        .more = desired.further_certificates,
        .policy = tls_policy(desired.listener.ssl_policy.value_or("")),
        .mutual = mutual_tls(desired.listener.mutual_authentication, desired.attributes),
        .headers = tls_headers(desired.attributes)};
  }
  for (const Rule& rule : desired.rules) {
    auto one = data_plane::for_gateway(rule);
    if (rule.is_default()) {
      told.otherwise = std::move(one.action);
    } else {
      told.rules.push_back(std::move(one));
    }
  }
  return told;
}

std::chrono::seconds idle_timeout(const Attributes& attributes) {
  const auto text = value_of(attributes, "idle_timeout.timeout_seconds");
  int seconds = 0;
  std::from_chars(text.data(), text.data() + text.size(), seconds);
  return std::chrono::seconds{seconds};
}

}  // namespace

gateway::TlsPolicy tls_policy(std::string_view name) {
  const SslPolicy* policy = find_ssl_policy(name);
  if (policy == nullptr) policy = find_ssl_policy(usual_ssl_policy);
  gateway::TlsPolicy told{.least = gateway::TlsVersion::Tls13,
                          .most = gateway::TlsVersion::Tls10,
                          .ciphers = "",
                          .cipher_suites = ""};
  for (const auto protocol : policy->protocols) {
    told.least = std::min(told.least, tls_version(protocol));
    told.most = std::max(told.most, tls_version(protocol));
  }
  for (const auto cipher : policy->ciphers) {
    auto& list = cipher.starts_with("TLS_") ? told.cipher_suites : told.ciphers;
    list.append(list.empty() ? "" : ":").append(cipher);
  }
  return told;
}

gateway::LoadBalancer for_gateway(const DesiredLoadBalancer& desired) {
  const auto& attributes = desired.attributes;
  gateway::LoadBalancer told{
      .id = desired.load_balancer.arn,
      .idle_timeout = idle_timeout(attributes),
      .http2 = is_on(attributes, "routing.http2.enabled"),
      .preserve_host = is_on(attributes, "routing.http.preserve_host_header.enabled"),
      .forwarded_for =
          forwarded_for(value_of(attributes, "routing.http.xff_header_processing.mode")),
      .forwarded_client_port = is_on(attributes, "routing.http.xff_client_port.enabled"),
      .tls_headers = is_on(attributes, "routing.http.x_amzn_tls_version_and_cipher_suite.enabled"),
      .drops_invalid_headers =
          is_on(attributes, "routing.http.drop_invalid_header_fields.enabled")};
  for (const auto& listener : desired.listeners)
    told.listeners.push_back(for_gateway(listener, desired.load_balancer.address));
  return told;
}

}  // namespace everseal::elbv2::data_plane
