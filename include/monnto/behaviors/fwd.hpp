#pragma once

namespace monnto {

class AdaptiveExponential;
class AlphaLeakyIntegrateAndFire;
class CreateWeights;
class HindmarshRose;
class HodgkinHuxley;
class HopfieldLearning;
class HopfieldRecall;
class InstantHomeostasis;
class IonChannels;
class Izhikevich;
class LeakyIntegrateAndFire;
class NoisyLeakyIntegrateAndFire;
class NoxDiffusion;
class OneStepStdp;
class Refractory;
class SynapticNormalization;
class TimeIntegrationHomeostasis;
class TraceStdp;
class TripletStdp;
class WangBuzsaki;

}  // namespace monnto
