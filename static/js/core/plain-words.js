// @ts-check
/** Words for whoever has to write a secret down and type it again: short, plain, each heard only one way. */

const WORDS = `
  acorn actor adult agent alarm album amber angle ankle apple april apron arena arrow aspen attic aunt autumn avenue
  bacon badge bagel baker balcony bamboo banana banjo banner barley barn basil basin basket beach beacon beaver bench
  berry bicycle birch bird bishop blanket block bonnet bottle bowl bracket branch brass bread breeze brick bridge bronze
  brook broom brush bucket bugle bundle bunny butter button cabin cable cactus camel camera canal candle canoe canvas
  canyon captain carbon cargo carpet carrot castle cattle cedar cello center cereal chain chalk chapel cherry chess
  chimney circle circus city clay cliff clock cloud clover coast cobalt coconut coffee collar comet compass copper coral
  corner cotton cousin coyote cradle crayon cream cricket crown crystal cup curtain dairy daisy dancer december deer
  delta denim desert diamond dinner dolphin donkey door dragon drawer drum duck dust eagle early earth easel echo edge
  eight elbow elder elm ember empire engine evening fabric falcon family farmer feather fence fennel fern ferry fiddle
  field finger flag flint floor flower flute forest fork fossil fountain fox frame frost fruit galaxy garage garden
  garlic gate ginger giraffe glacier glass globe glove goat gold goose grain grape grass gravel green guitar gull hammer
  harbor harp harvest hawk hazel hedge helmet heron hill hockey honey hood horizon horse hotel house iceberg igloo
  indigo ink insect iris iron island ivy jacket jaguar jam jasmine jelly jersey jewel jigsaw journey juice jungle
  juniper kayak kettle key kitchen kite kitten knight koala ladder lake lamp lantern laurel lava lawn leaf lemon lens
  letter lily lime linen lion lizard lobster lodge lotus lunch lyric magnet mango maple marble market meadow medal melon
  metal meteor midday milk mill mint mirror mitten monkey moon morning moss motor mountain mouse museum music napkin
  nature needle nest nickel night north novel nutmeg oak oasis oboe ocean olive onion opal orange orbit orchard orchid
  organ osprey otter oval oven owl oyster paddle page paint palace palm panda panther paper parade park parrot pasta
  path peach peanut pearl pebble pelican pencil penguin pepper piano picnic pigeon pillow pilot pine planet plate plum
  pocket poet polar pond pony poplar poppy porch potato prairie prince puddle pumpkin puppet purple puzzle quarry quartz
  quilt quiver rabbit racket radar radio raft rain ranch raven reef ribbon rice river road robin rocket roof rope rose
  ruby rudder runner saddle saffron sail salad salmon salt sand sapphire satin sauce scarf school scooter season seed
  shadow shark sheep shelf shell shield ship shore shovel silk silver singer sketch slate sleeve slope snail snow soap
  sofa spark sparrow spider spinach spoon spring square squid stable stage stamp star station steam steel stone stork
  stove straw stream street sugar summer sunset swan sweater swing table tailor tango tea teapot temple tennis tent
  theater thimble thistle throne ticket tiger timber toast tomato torch tower tractor trail train tree trumpet tulip
  tundra tunnel turkey turtle twig umbrella valley vanilla velvet vessel village violet violin vista volcano wagon
  walnut water wave wheat wheel whistle willow window winter wolf wonder wool world yacht yard yarn yellow yogurt zebra
  zinc zipper
`
  .trim()
  .split(/\s+/)

/** 512 words are nine bits each: six of them are 54, behind 600,000 rounds of stretching. */
export const WORD_COUNT = 512
const HOW_MANY = 6

/**
 * Six words by chance, each as likely as any other.
 * @param {(bytes: number) => Uint8Array} random
 */
export function sixWords(random) {
  const bytes = random(HOW_MANY * 2)
  // The list is a power of two long, so the remainder favours none.
  const pick = (/** @type {number} */ index) => WORDS[(bytes[index * 2] * 256 + bytes[index * 2 + 1]) % WORD_COUNT]
  return Array.from({ length: HOW_MANY }, (_, index) => pick(index)).join(' ')
}

/** For the test that counts them. */
export const words = () => [...WORDS]
