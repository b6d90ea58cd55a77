#include "services/elbv2/ssl_policies.h"

#include <algorithm>

namespace everseal::elbv2 {
namespace {

using Names = std::vector<std::string_view>;

// Which suites a policy has beside those with forward secrecy, GCM and SHA-2.
enum class Breadth {
  Gcm,             // with forward secrecy and GCM only
  ForwardSecrecy,  // with forward secrecy, CBC with SHA-2 too
  ForwardSha1,     // with forward secrecy, SHA-1 too
  Rsa,             // RSA key exchange too, without SHA-1
  RsaSha1,         // all
};

void append(Names& all, const Names& more) { all.insert(all.end(), more.begin(), more.end()); }

bool has_sha1(Breadth breadth) {
  return breadth == Breadth::ForwardSha1 || breadth == Breadth::RsaSha1;
}

Names with_forward_secrecy(Breadth breadth) {
  Names all{"ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256"};
  const bool only_gcm = breadth == Breadth::Gcm;
  if (!only_gcm) append(all, {"ECDHE-ECDSA-AES128-SHA256", "ECDHE-RSA-AES128-SHA256"});
  if (has_sha1(breadth)) append(all, {"ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES128-SHA"});
  append(all, {"ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384"});
  if (!only_gcm) append(all, {"ECDHE-ECDSA-AES256-SHA384", "ECDHE-RSA-AES256-SHA384"});
  if (has_sha1(breadth)) append(all, {"ECDHE-ECDSA-AES256-SHA", "ECDHE-RSA-AES256-SHA"});
  return all;
}

Names with_rsa_key_exchange(Breadth breadth) {
  if (breadth != Breadth::Rsa && breadth != Breadth::RsaSha1) return {};
  Names all{"AES128-GCM-SHA256", "AES128-SHA256"};
  if (has_sha1(breadth)) append(all, {"AES128-SHA"});
  append(all, {"AES256-GCM-SHA384", "AES256-SHA256"});
  if (has_sha1(breadth)) append(all, {"AES256-SHA"});
  return all;
}

const Names from_1_0{"TLSv1", "TLSv1.1", "TLSv1.2"};
const Names from_1_1{"TLSv1.1", "TLSv1.2"};
const Names only_1_2{"TLSv1.2"};
const Names suites_of_1_3{"TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384",
                          "TLS_CHACHA20_POLY1305_SHA256"};

SslPolicy before_1_3(std::string_view name, Names protocols, Breadth breadth) {
  Names ciphers = with_forward_secrecy(breadth);
  append(ciphers, with_rsa_key_exchange(breadth));
  return {name, std::move(protocols), std::move(ciphers)};
}

SslPolicy up_to_1_3(std::string_view name, const Names& protocols, Breadth breadth) {
  SslPolicy policy = before_1_3(name, protocols, breadth);
  policy.protocols.push_back("TLSv1.3");
  policy.ciphers.insert(policy.ciphers.begin(), suites_of_1_3.begin(), suites_of_1_3.end());
  return policy;
}

std::vector<SslPolicy> all_policies() {
  std::vector<SslPolicy> all{
      before_1_3("ELBSecurityPolicy-2016-08", from_1_0, Breadth::RsaSha1),
      before_1_3("ELBSecurityPolicy-FS-2018-06", from_1_0, Breadth::ForwardSha1),
      before_1_3("ELBSecurityPolicy-FS-1-1-2019-08", from_1_1, Breadth::ForwardSha1),
      before_1_3("ELBSecurityPolicy-FS-1-2-2019-08", only_1_2, Breadth::ForwardSha1),
      before_1_3("ELBSecurityPolicy-FS-1-2-Res-2019-08", only_1_2, Breadth::ForwardSecrecy),
      before_1_3("ELBSecurityPolicy-FS-1-2-Res-2020-10", only_1_2, Breadth::Gcm),
      before_1_3("ELBSecurityPolicy-TLS-1-1-2017-01", from_1_1, Breadth::RsaSha1),
      before_1_3("ELBSecurityPolicy-TLS-1-2-2017-01", only_1_2, Breadth::Rsa),
      before_1_3("ELBSecurityPolicy-TLS-1-2-Ext-2018-06", only_1_2, Breadth::RsaSha1),
      up_to_1_3("ELBSecurityPolicy-TLS13-1-0-2021-06", from_1_0, Breadth::RsaSha1),
      up_to_1_3("ELBSecurityPolicy-TLS13-1-1-2021-06", from_1_1, Breadth::RsaSha1),
      up_to_1_3("ELBSecurityPolicy-TLS13-1-2-2021-06", only_1_2, Breadth::ForwardSecrecy),
      up_to_1_3("ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06", only_1_2, Breadth::Rsa),
      up_to_1_3("ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06", only_1_2, Breadth::RsaSha1),
      up_to_1_3("ELBSecurityPolicy-TLS13-1-2-Res-2021-06", only_1_2, Breadth::Gcm),
      {"ELBSecurityPolicy-TLS13-1-3-2021-06", {"TLSv1.3"}, suites_of_1_3}};
  std::ranges::sort(all, {}, &SslPolicy::name);
  return all;
}

}  // namespace

std::span<const SslPolicy> ssl_policies() {
  static const std::vector<SslPolicy> policies = all_policies();
  return policies;
}

const SslPolicy* find_ssl_policy(std::string_view name) {
  const auto found = std::ranges::find(ssl_policies(), name, &SslPolicy::name);
  return found == ssl_policies().end() ? nullptr : &*found;
}

}  // namespace everseal::elbv2
