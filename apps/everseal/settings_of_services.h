#pragma once

#include <chrono>
#include <vector>

#include "configuration.h"
#include "keys/key_pool.h"
#include "services/acm/settings.h"
#include "services/acmpca/model/settings.h"
#include "services/elbv2/data_plane/data_plane.h"
#include "services/elbv2/logs/log_files.h"
#include "services/elbv2/trust_stores/settings.h"
#include "services/events/destinations/settings.h"
#include "services/lambda/settings.h"
#include "services/s3/outside_bucket.h"
#include "surroundings.h"

// What the configuration means to each service.
namespace everseal::app {

keys::KeyPool::Options pool_options(const Configuration::Keys& keys);
acm::Settings acm_settings(const Configuration::Renewal& renewal);
acmpca::Settings private_ca_settings(const Surroundings& around);
std::vector<s3::OutsideBucket> outside_buckets(const Configuration& configuration);
events::destinations::Settings destination_settings(const Configuration& configuration);
elbv2::trust_stores::Settings trust_store_settings(const Configuration& configuration);
elbv2::data_plane::Settings data_plane_settings(const Configuration& configuration);
elbv2::logs::LogSettings log_settings(const Configuration& configuration);
lambda::Settings lambda_settings(const Surroundings& around);
std::chrono::milliseconds metrics_interval(const Surroundings& around);

}  // namespace everseal::app
