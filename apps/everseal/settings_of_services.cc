#include "settings_of_services.h"

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>

#include "data_directory.h"

namespace everseal::app {
namespace {

std::size_t size_of(std::int64_t number) { return static_cast<std::size_t>(number); }

}  // namespace

keys::KeyPool::Options pool_options(const Configuration::Keys& keys) {
  return {.rsa_2048 = size_of(keys.rsa_2048_ready),
          .rsa_3072 = size_of(keys.rsa_3072_ready),
          .rsa_4096 = size_of(keys.rsa_4096_ready)};
}

acm::Settings acm_settings(const Configuration::Renewal& renewal) {
  acm::Settings settings;
  settings.validity = std::chrono::months{renewal.validity_months};
  settings.renewal_window = std::chrono::days{renewal.days_before_expiry};
  settings.renewal_interval = std::chrono::minutes{renewal.attempt_minutes};
  return settings;
}

std::vector<s3::OutsideBucket> outside_buckets(const Configuration& configuration) {
  std::vector<s3::OutsideBucket> buckets;
  for (const auto& outside : configuration.s3.outside) {
    s3::OutsideBucket bucket{.name = outside.name,
                             .endpoint = outside.endpoint,
                             .region = outside.region,
                             .bucket = outside.bucket,
                             .credentials_file = outside.credentials_file,
                             .ca_file = {}};
    if (!outside.ca_file.empty()) bucket.ca_file = outside.ca_file;
    buckets.push_back(std::move(bucket));
  }
  return buckets;
}

// A year of virtual time must not be thirty thousand looks at what is published.
acmpca::Settings private_ca_settings(const Surroundings& around) {
  const auto& publication = around.configuration.publication;
  acmpca::Settings settings;
  settings.crl_as_pem = publication.pem;
  settings.crl_deltas = publication.deltas;
  settings.certificates_a_partition = publication.partition_certificates;
  settings.watchdog_interval = std::chrono::minutes{publication.watch_minutes};
  if (around.moved_clock != nullptr) settings.watchdog_interval = std::chrono::hours{24};
  const auto& days = around.configuration.private_ca.end_notice_days;
  settings.end_notice_days.assign(days.begin(), days.end());
  return settings;
}

// Nor half a million writings of metrics, which are written before they are read anyway.
std::chrono::milliseconds metrics_interval(const Surroundings& around) {
  return around.moved_clock != nullptr ? std::chrono::hours{24} : std::chrono::minutes{1};
}

events::destinations::Settings destination_settings(const Configuration& configuration) {
  const auto& wishes = configuration.destinations;
  events::destinations::Settings settings;
  settings.loopback = wishes.loopback;
  if (!wishes.ca_file.empty()) settings.ca_file = wishes.ca_file;
  return settings;
}

elbv2::trust_stores::Settings trust_store_settings(const Configuration& configuration) {
  const auto& wishes = configuration.trust_stores;
  elbv2::trust_stores::Settings settings;
  settings.stores = wishes.most;
  settings.ca_certificates = wishes.ca_certificates;
  settings.revocation_lists = wishes.revocation_lists;
  settings.revoked_entries = wishes.revoked_entries;
  settings.takes_foreign_crls = wishes.foreign_crls;
  settings.drops_leading_slash = wishes.leading_slash;
  return settings;
}

elbv2::logs::LogSettings log_settings(const Configuration& configuration) {
  return {.interval = std::chrono::minutes{configuration.load_balancers.log_minutes}};
}

elbv2::data_plane::Settings data_plane_settings(const Configuration& configuration) {
  elbv2::data_plane::Settings settings;
  if (configuration.load_balancers.refuse_by_outdated_lists)
    settings.outdated_lists = elbv2::data_plane::OutdatedLists::RefuseAll;
  return settings;
}

// What is unpacked for functions lies with the data, or where this process alone looks.
lambda::Settings lambda_settings(const Surroundings& around) {
  const auto& folder = around.foundation.folder;
  lambda::Settings settings;
  settings.folder = folder.empty() ? std::filesystem::temp_directory_path() /
                                         ("everseal-functions-" + std::to_string(getpid()))
                                   : DataDirectory{folder}.functions();
  if (!folder.empty()) settings.hidden = {folder};
  const auto& wishes = around.configuration.functions;
  settings.bubblewrap = wishes.bubblewrap;
  settings.python = wishes.python;
  settings.node = wishes.node;
  settings.network = wishes.network;
  settings.concurrent = wishes.concurrent;
  settings.idle = std::chrono::minutes{wishes.idle_minutes};
  return settings;
}

}  // namespace everseal::app
