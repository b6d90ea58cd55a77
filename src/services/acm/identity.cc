#include "services/acm/identity.h"

#include <utility>

#include "asn1/pem.h"
#include "services/acm/certificate_store.h"

namespace everseal::acm {
namespace {

Result<std::vector<Bytes>> whole_chain(const Material& material) {
  auto pems = asn1::Pem::parse_all(material.chain);
  if (!pems) return pems.error();
  std::vector<Bytes> chain{material.certificate};
  for (auto& pem : *pems) chain.push_back(std::move(pem).take());
  return chain;
}

}  // namespace

Result<std::optional<Identity>> identity_of(sql::Snapshot& view, const keys::Vault& vault,
                                            std::string_view certificate_arn) {
  using Found = std::optional<Identity>;
  const auto material = find_material(view, certificate_arn);
  if (!material) return material.error();
  if (!*material) return Found{};
  auto chain = whole_chain(**material);
  if (!chain) return chain.error();
  auto key = vault.open((*material)->sealed_key, key_context(certificate_arn));
  if (!key) return key.error();
  return Found(Identity{*std::move(chain), *std::move(key)});
}

}  // namespace everseal::acm
