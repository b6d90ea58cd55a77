#include "services/elbv2/trust_stores/bundle_file.h"

#include <utility>

#include "services/elbv2/trust_stores/bundle.h"
#include "services/elbv2/trust_stores/errors.h"
#include "services/elbv2/trust_stores/files.h"

namespace everseal::elbv2::trust_stores {

Result<BundleFile, ApiError> read_bundle_file(ObjectSource& objects, const aws::Call& call,
                                              const ObjectSource::Place& place,
                                              const Settings& settings) {
  constexpr FileWords words{.not_found = bundle_not_found, .invalid = invalid_bundle};
  const auto most_octets = 2 * settings.ca_certificates * most_ca_octets;  // base64, and comments
  auto file = read_file(objects, call, place, most_octets, settings, words);
  if (!file) return file.error();
  const auto certificates = read_bundle(as_text(*file), settings);
  if (!certificates) return certificates.error();
  return BundleFile{*std::move(file), std::ssize(*certificates)};
}

}  // namespace everseal::elbv2::trust_stores
